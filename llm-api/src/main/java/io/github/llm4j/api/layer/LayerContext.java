package io.github.llm4j.api.layer;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;
import java.util.Optional;

/**
 * What a layer is built with. Whatever it makes is named by the layer's path and collected, so a
 * layer needs no list of its own parameters.
 */
public interface LayerContext {

  /** Path of the layer, as {@code blocks.3.attention}; empty for the assembly. */
  String path();

  /** Width of the stream that the layer maps (C). */
  int dModel();

  /** Greatest length of a text (T). */
  int contextLength();

  /** Layers of the assembly (L): residual branches are initialised smaller the deeper it is. */
  int layers();

  /** Index of the block that the layer is in; 0 outside blocks. */
  int block();

  /** A learned gain or bias, never decayed. */
  Parameter vector(String name, int size, Initializer initializer);

  /** A learned matrix or table that is no linear map. */
  Parameter matrix(String name, Shape shape, Initializer initializer);

  /** A table computed from settings: not learned, not saved. */
  Parameter constant(String name, Shape shape, Initializer values);

  /**
   * A parameter that another layer made: ties weights.
   *
   * @param path its whole path, as {@code embedding.token}
   */
  Parameter shared(String path);

  /**
   * A map with a weight {@code [out, in]} named {@code name.weight} and, with bias, {@code
   * name.bias}. Every such map is made here, so that LoRA, quantised and other linears can be put
   * in its place by path pattern, in a plugin's layer too.
   */
  Layer linear(String name, int in, int out, boolean bias, Initializer initializer);

  /**
   * A child layer from the config.
   *
   * @param name its key, appended to the path
   * @param spec the bound component
   * @param dModel width of the stream that the child maps
   */
  Layer layer(String name, ComponentSpec<Layer> spec, int dModel);

  /** As {@link #layer(String, ComponentSpec, int)}, if the component is there. */
  default Optional<Layer> layer(String name, Optional<ComponentSpec<Layer>> spec, int dModel) {
    return spec.map(s -> layer(name, s, dModel));
  }

  /** The context of a part that is no component of its own, as {@code blocks.3}. */
  LayerContext child(String name, int block);

  /** A layer whose launches, errors and random keys carry this context's path. */
  default Layer named(Layer layer) {
    String path = path();
    return (x, pass) -> layer.forward(x, pass.at(path));
  }
}
