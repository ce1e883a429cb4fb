package io.github.llm4j.runtime.model;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.AssemblyContext;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LinearFactory;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;
import java.util.Map;
import java.util.TreeMap;

/** Collects what layers make while a model is built. */
final class ModelContext implements AssemblyContext {
  private final int vocabSize;
  private final ModelOptions options;
  private final Map<String, Parameter> parameters = new TreeMap<>();
  private final OutlineNotes notes = new OutlineNotes();
  private int dModel;
  private int contextLength;
  private int depth;

  ModelContext(int vocabSize, ModelOptions options) {
    this.vocabSize = vocabSize;
    this.options = options;
  }

  @Override
  public int vocabSize() {
    return vocabSize;
  }

  @Override
  public LayerContext root(int width, int length, int layers) {
    dModel = width;
    contextLength = length;
    depth = layers;
    return new At("", width, length, layers, 0);
  }

  /** Notes which assembly is built. */
  void assembly(ComponentSpec<?> spec) {
    notes.component("", spec);
  }

  /** What has been built. */
  Outline outline() {
    return new Outline(vocabSize, dModel, contextLength, depth, notes.root());
  }

  int dModel() {
    return dModel;
  }

  int contextLength() {
    return contextLength;
  }

  /** All parameters, in path order. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  private LinearFactory linears(String path) {
    for (Map.Entry<String, LinearFactory> entry : options.linears().entrySet()) {
      if (PathPattern.of(entry.getKey()).matches(path)) {
        return entry.getValue();
      }
    }
    return new PlainLinear();
  }

  /** The context of one layer. */
  private final class At implements LayerContext {
    private final String path;
    private final int width;
    private final int length;
    private final int layers;
    private final int block;

    At(String path, int width, int length, int layers, int block) {
      this.path = path;
      this.width = width;
      this.length = length;
      this.layers = layers;
      this.block = block;
    }

    private String inside(String name) {
      return path.isEmpty() ? name : path + "." + name;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public int dModel() {
      return width;
    }

    @Override
    public int contextLength() {
      return length;
    }

    @Override
    public int layers() {
      return layers;
    }

    @Override
    public int block() {
      return block;
    }

    @Override
    public Parameter vector(String name, int size, Initializer initializer) {
      return add(name, Shape.of(size), Parameter.Role.VECTOR, initializer);
    }

    @Override
    public Parameter matrix(String name, Shape shape, Initializer initializer) {
      return add(name, shape, Parameter.Role.MATRIX, initializer);
    }

    @Override
    public Parameter constant(String name, Shape shape, Initializer values) {
      return add(name, shape, Parameter.Role.CONSTANT, values);
    }

    private Parameter add(String name, Shape shape, Parameter.Role role, Initializer initializer) {
      Parameter parameter = new Parameter(inside(name), shape, role, initializer);
      notes.parameter(path, parameter);
      if (parameters.putIfAbsent(parameter.path(), parameter) != null) {
        throw new LlmException(
            ErrorKind.INTERNAL,
            parameter.path()
                + ": a parameter name of its own expected, found a second one. Give the"
                + " layer's parameters different names.");
      }
      return parameter;
    }

    @Override
    public Parameter shared(String other) {
      Parameter parameter = parameters.get(other);
      if (parameter == null) {
        throw new LlmException(
            ErrorKind.USER,
            path
                + ": a parameter '"
                + other
                + "' to share expected, found none before this layer."
                + " Known: "
                + parameters.keySet()
                + ".");
      }
      notes.shared(path, parameter);
      return parameter;
    }

    @Override
    public Layer linear(String name, int in, int out, boolean bias, Initializer initializer) {
      LayerContext context = new At(inside(name), in, length, layers, block);
      notes.part(path, name, context.path());
      notes.widths(context.path(), "linear", in, out);
      return linears(context.path()).linear(context, in, out, bias, initializer);
    }

    @Override
    public Layer layer(String name, ComponentSpec<Layer> spec, int childWidth) {
      LayerContext child = new At(inside(name), childWidth, length, layers, block);
      notes.part(path, name, child.path());
      notes.component(child.path(), spec);
      notes.widths(child.path(), "", childWidth, childWidth);
      return child.named(spec.create(child));
    }

    @Override
    public LayerContext child(String name, int childBlock) {
      notes.part(path, name, inside(name));
      return new At(inside(name), width, length, layers, childBlock);
    }
  }
}
