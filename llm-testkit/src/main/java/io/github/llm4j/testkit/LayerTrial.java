package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyContext;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Losses;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Outputs;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.layer.Shared;
import io.github.llm4j.api.layer.Weights;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.random.Philox;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.eager.EagerOps;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A layer that a config names, built alone, with random weights. */
final class LayerTrial {
  private static final int SEED = 1;

  private final Backend backend;
  private final Precision precision;
  private final Model model;
  private final Map<String, Parameter> asked = new TreeMap<>();

  /** What the config of a trial declares. */
  record Config(int dModel, int contextLength, ComponentSpec<Layer> layer) {}

  /** A model that is the layer alone. */
  private record Alone() {}

  private record AloneProvider(Config config) implements AssemblyProvider<Alone> {
    @Override
    public String type() {
      return "alone";
    }

    @Override
    public Class<Alone> settings() {
      return Alone.class;
    }

    @Override
    public Assembly create(Alone settings, AssemblyContext context) {
      Layer layer =
          context
              .root(config.dModel(), config.contextLength(), 1)
              .layer("layer", config.layer(), config.dModel());
      return (inputs, pass) ->
          new Outputs(Map.of("states", layer.forward(inputs.get("x").orElseThrow(), pass)));
    }
  }

  LayerTrial(Backend backend, Precision precision, String layer, int dModel, int contextLength) {
    this.backend = backend;
    this.precision = precision;
    String text =
        "d-model = %d, context-length = %d, layer = %s".formatted(dModel, contextLength, layer);
    Config config =
        new Binder(Workplaces.registry())
            .bind(Config.class, ConfigSource.text("the contract's config", text))
            .settings();
    ComponentSpec<Assembly> alone = ComponentSpec.of(new AloneProvider(config), new Alone());
    this.model = Model.build(alone, 1, ModelOptions.of(SEED, precision), backend);
  }

  /** All learned parameters that the layer made. */
  List<Parameter> made() {
    return model.parameters().learned();
  }

  /** A parameter that the layer asked for. */
  Parameter parameter(String path) {
    return Objects.requireNonNull(asked.get(path));
  }

  /** {@code [B, T]}: 0, 1, 2 in each row. */
  static Operand positions(int rows, int length) {
    double[] positions = IntStream.range(0, rows * length).mapToDouble(i -> i % length).toArray();
    return Operand.of(TensorSpec.of(DType.I32, rows, length), positions);
  }

  /** Seed, step and row of random draws. */
  static Operand state() {
    return Operand.of(TensorSpec.of(DType.I64, 3), 7, 1, 0);
  }

  /**
   * Values for all parameters that the layer asks for, by path: random where they are learned,
   * computed where they are constant.
   */
  Map<String, Operand> weights(Seeds seeds) {
    if (asked.isEmpty()) {
      try (EagerOps ops = new EagerOps(backend)) {
        Operand x = Seeds.of(SEED).normal(precision.compute(), 1, 1, model.dModel());
        forward(
            ops,
            ops.external(x.memory(), x.spec()),
            parameter -> {
              asked.put(parameter.path(), parameter);
              return ops.of(spec(parameter), new double[elements(parameter)]);
            },
            ops.external(positions(1, 1).memory(), positions(1, 1).spec()),
            ops.external(state().memory(), state().spec()),
            Mode.TRAIN);
      }
    }
    Map<String, Operand> weights = new TreeMap<>();
    asked.forEach((path, parameter) -> weights.put(path, values(parameter, seeds)));
    return weights;
  }

  private Operand values(Parameter parameter, Seeds seeds) {
    if (parameter.learned()) {
      return seeds.uniform(spec(parameter).dtype(), -0.8, 0.8, parameter.shape().sizes());
    }
    int key = Philox.key(parameter.path());
    double[] values =
        IntStream.range(0, elements(parameter))
            .mapToDouble(i -> parameter.initializer().value(SEED, key, i))
            .toArray();
    return Operand.of(spec(parameter), values);
  }

  /** In the type that a pass of the precision sees. */
  private TensorSpec spec(Parameter parameter) {
    boolean matrix = parameter.role() == Parameter.Role.MATRIX;
    return new TensorSpec(parameter.shape(), matrix ? precision.compute() : precision.stream());
  }

  private static int elements(Parameter parameter) {
    return Math.toIntExact(parameter.shape().elements());
  }

  /** Runs it at once. */
  Operand run(Operand x, Map<String, Operand> weights, Mode mode) {
    try (EagerOps ops = new EagerOps(backend)) {
      Map<String, Tensor> handles = new TreeMap<>();
      weights.forEach((path, w) -> handles.put(path, ops.external(w.memory(), w.spec())));
      Operand positions = positions(x.spec().shape().size(0), x.spec().shape().size(1));
      Operand state = state();
      Tensor y =
          forward(
              ops,
              ops.external(x.memory(), x.spec()),
              handles,
              ops.external(positions.memory(), positions.spec()),
              ops.external(state.memory(), state.spec()),
              mode);
      return Operand.of(y.spec(), ops.values(y));
    }
  }

  /** The layer's output as a function of handles. */
  Tensor forward(
      Ops ops, Tensor x, Map<String, Tensor> weights, Tensor positions, Tensor state, Mode mode) {
    return forward(
        ops,
        x,
        (Weights) p -> Objects.requireNonNull(weights.get(p.path())),
        positions,
        state,
        mode);
  }

  private Tensor forward(
      Ops ops, Tensor x, Weights weights, Tensor positions, Tensor state, Mode mode) {
    Pass pass =
        new Pass(
            ops,
            mode,
            precision,
            weights,
            "",
            Layout.full(true, positions),
            Optional.empty(),
            Optional.empty(),
            Optional.of(state),
            new Shared(),
            new Losses());
    return model.assembly().forward(new Inputs(Map.of("x", x)), pass).get("states").orElseThrow();
  }
}
