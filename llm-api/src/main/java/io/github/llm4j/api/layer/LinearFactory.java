package io.github.llm4j.api.layer;

import io.github.llm4j.api.parameter.Initializer;

/**
 * Makes the maps with a weight: the plain one, or LoRA, quantised and other linears that a run puts
 * in its place by path pattern.
 */
@FunctionalInterface
public interface LinearFactory {

  /**
   * A map {@code [.., in] -> [.., out]}.
   *
   * @param context context of the map itself: its path is the layer's path and the map's name
   * @param in width that goes in (K)
   * @param out width that comes out (N)
   * @param bias whether it adds a bias
   * @param initializer first values of the weight
   */
  Layer linear(LayerContext context, int in, int out, boolean bias, Initializer initializer);
}
