package io.github.llm4j.runtime.model;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.op.Cast;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.random.Philox;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.eager.Values;
import io.github.llm4j.runtime.plan.ExternalOps;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a model in memory. Masters, their bf16 copy and gradients lie each in one flat
 * arena in path order, so that an optimizer step is one launch and sharding a range.
 *
 * <p>A derived form is valid for one version of the masters: {@link #write} and {@link #changed}
 * raise the version, {@link #refresh} brings the copy up to date; an optimizer writes the copy
 * itself.
 */
public final class Parameters {
  private static final int PIECE = 1 << 16;

  private final Backend backend;
  private final Precision precision;
  private final Map<String, Parameter> byPath;
  private final List<Parameter> learned;
  private final ModelOptions options;
  private final FlatLayout layout;
  private final MemorySegment masters;
  private final Map<String, MemorySegment> constants = new HashMap<>();
  private final Map<String, Form> replaced = new HashMap<>();
  private final @Nullable MemorySegment copy;
  private @Nullable MemorySegment gradients;
  private @Nullable Launch copying;
  private long version = 1;
  private long copyVersion;

  /** A form that stands in for a parameter, as a quantised one. */
  record Form(MemorySegment memory, TensorSpec spec) {}

  Parameters(
      Backend backend, Map<String, Parameter> inPathOrder, ModelOptions options, boolean values) {
    this.backend = backend;
    this.precision = options.precision();
    this.options = options;
    this.byPath = Map.copyOf(inPathOrder);
    this.learned = inPathOrder.values().stream().filter(Parameter::learned).toList();
    this.layout = new FlatLayout(learned);
    if (layout.elements() > Integer.MAX_VALUE) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "model: at most %,d learned elements expected, found %,d. Take fewer or narrower layers."
              .formatted(Integer.MAX_VALUE, layout.elements()));
    }
    this.masters = backend.allocate(precision.stream().bytes(layout.elements()));
    this.copy = hasCopy() ? backend.allocate(precision.compute().bytes(layout.elements())) : null;
    for (Parameter parameter : inPathOrder.values()) {
      MemorySegment memory = place(parameter);
      if (values) {
        initialize(parameter, memory);
      }
    }
  }

  private MemorySegment place(Parameter parameter) {
    DType type = precision.stream();
    if (parameter.learned()) {
      return slice(masters, parameter, type);
    }
    MemorySegment memory = backend.allocate(type.bytes(parameter.shape().elements()));
    constants.put(parameter.path(), memory);
    return memory;
  }

  /** First values, piece by piece: a table may be larger than the heap. */
  private void initialize(Parameter parameter, MemorySegment target) {
    DType type = precision.stream();
    int key = Philox.key(parameter.path());
    long elements = parameter.shape().elements();
    for (long from = 0; from < elements; from += PIECE) {
      double[] piece = new double[(int) Math.min(PIECE, elements - from)];
      for (int i = 0; i < piece.length; i++) {
        piece[i] = parameter.initializer().value(options.seed(), key, from + i);
      }
      TensorSpec spec = TensorSpec.of(type, piece.length);
      upload(piece, spec, target.asSlice(type.bytes(from), spec.bytes()));
    }
  }

  private void upload(double[] values, TensorSpec spec, MemorySegment target) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(spec.bytes(), 64);
      Values.write(host, spec, values);
      backend.upload(host, target);
    }
  }

  private boolean hasCopy() {
    return precision.compute() != precision.stream();
  }

  private MemorySegment slice(MemorySegment arena, Parameter parameter, DType type) {
    return arena.asSlice(
        type.bytes(layout.offset(parameter)), type.bytes(parameter.shape().elements()));
  }

  /** All learned parameters in path order. */
  public List<Parameter> learned() {
    return learned;
  }

  /** All tables that are computed from settings, in path order. */
  public List<Parameter> constants() {
    return byPath.values().stream()
        .filter(p -> !p.learned())
        .sorted(Comparator.comparing(Parameter::path))
        .toList();
  }

  /** Number of learned elements. */
  public long count() {
    return learned.stream().mapToLong(p -> p.shape().elements()).sum();
  }

  /** A parameter by path. */
  public Parameter parameter(String path) {
    Parameter parameter = byPath.get(path);
    if (parameter == null) {
      throw new LlmException(
          ErrorKind.USER,
          "parameter '"
              + path
              + "': one of the model's expected, found none. Known: "
              + learned.stream().map(Parameter::path).toList()
              + ".");
    }
    return parameter;
  }

  /** Elements of the arenas, gaps included (N). */
  public long arenaElements() {
    return layout.elements();
  }

  /** Spec of a flat arena of masters, gradients or moments: {@code [N]}. */
  public TensorSpec arenaSpec() {
    return new TensorSpec(Shape.of(Math.toIntExact(layout.elements())), precision.stream());
  }

  /** The masters, {@code [N]}. */
  public MemorySegment masters() {
    return masters;
  }

  /** The bf16 copy of the masters, {@code [N]}, in bf16 precision. */
  public java.util.Optional<MemorySegment> copy() {
    return java.util.Optional.ofNullable(copy);
  }

  /** The gradients, {@code [N]}; allocated by the first call. */
  public MemorySegment gradients() {
    if (gradients == null) {
      gradients = backend.allocate(precision.stream().bytes(layout.elements()));
    }
    return gradients;
  }

  /** Whether a parameter is learned in this run. */
  public boolean trainable(Parameter parameter) {
    return parameter.learned()
        && !replaced.containsKey(parameter.path())
        && !options.frozen().test(parameter.path());
  }

  /** What lies where in the arenas. */
  public ParameterArena arena() {
    return new ParameterArena(
        layout.elements(),
        learned.stream()
            .map(
                p ->
                    new ParameterArena.Slice(
                        p.path(), layout.offset(p), p.shape(), p.role(), trainable(p) ? 1 : 0))
            .toList());
  }

  /** Values of a parameter's master. */
  public float[] read(String path) {
    return read(masters, path);
  }

  /** Values of a parameter's gradient. */
  public float[] readGradient(String path) {
    return read(gradients(), path);
  }

  private float[] read(MemorySegment arena, String path) {
    Parameter parameter = parameter(path);
    TensorSpec spec = new TensorSpec(parameter.shape(), precision.stream());
    try (Arena scope = Arena.ofConfined()) {
      MemorySegment host = scope.allocate(spec.bytes(), 64);
      backend.download(slice(arena, parameter, precision.stream()), host);
      if (spec.dtype() == DType.F32) {
        return host.toArray(java.lang.foreign.ValueLayout.JAVA_FLOAT);
      }
      double[] wide = Values.read(host, spec);
      float[] values = new float[wide.length];
      for (int i = 0; i < wide.length; i++) {
        values[i] = (float) wide[i];
      }
      return values;
    }
  }

  /** Overwrites a parameter's master. */
  public void write(String path, float[] values) {
    Parameter parameter = parameter(path);
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    TensorSpec spec = new TensorSpec(parameter.shape(), precision.stream());
    upload(wide, spec, slice(masters, parameter, precision.stream()));
    version++;
  }

  /** The memory of a parameter's master, in the stream type. */
  public MemorySegment master(String path) {
    return slice(masters, parameter(path), precision.stream());
  }

  /** Says that somebody else has overwritten masters, so that the copy is old. */
  public void overwritten() {
    version++;
  }

  /**
   * Lets another form stand in for a parameter, which is frozen by that: a block-quantised weight.
   *
   * @param memory of the backend
   * @param spec of the parameter's shape
   */
  public void replace(String path, MemorySegment memory, TensorSpec spec) {
    Parameter parameter = parameter(path);
    if (!spec.shape().equals(parameter.shape())) {
      throw new LlmException(
          ErrorKind.USER,
          path + ": a form of shape " + parameter.shape() + " expected, found " + spec + ".");
    }
    replaced.put(path, new Form(memory, spec));
  }

  /** Says that the masters have changed and that the copy has been written with them. */
  public void changed() {
    version++;
    copyVersion = version;
  }

  /** Brings the bf16 copy up to date with the masters, if there is one and it isn't. */
  public void refresh() {
    if (copy == null || copyVersion == version) {
      return;
    }
    if (copying == null) {
      copying =
          backend
              .kernel(new Cast(precision.compute()), List.of(arenaSpec()))
              .orElseThrow()
              .bind(new Copying(masters, copy));
    }
    copying.run();
    copyVersion = version;
  }

  /** Handles on the parameters for one recording. */
  public ParameterViews on(ExternalOps ops) {
    return new ParameterViews(this, ops);
  }

  /** The memory and spec of the form in which a pass computes. */
  Form form(Parameter parameter) {
    Form form = replaced.get(parameter.path());
    if (form != null) {
      return form;
    }
    DType stream = precision.stream();
    if (!parameter.learned()) {
      return new Form(
          Objects.requireNonNull(constants.get(parameter.path())),
          new TensorSpec(parameter.shape(), stream));
    }
    if (copy != null && parameter.role() == Parameter.Role.MATRIX) {
      DType compute = precision.compute();
      return new Form(slice(copy, parameter, compute), new TensorSpec(parameter.shape(), compute));
    }
    return new Form(slice(masters, parameter, stream), new TensorSpec(parameter.shape(), stream));
  }

  Form gradient(Parameter parameter) {
    return new Form(
        slice(gradients(), parameter, precision.stream()),
        new TensorSpec(parameter.shape(), precision.stream()));
  }

  private record Copying(MemorySegment from, MemorySegment to) implements Bindings {
    @Override
    public MemorySegment input(int index) {
      return from;
    }

    @Override
    public MemorySegment output(int index) {
      return to;
    }

    @Override
    public boolean wanted(int index) {
      return true;
    }

    @Override
    public boolean accumulate(int index) {
      return false;
    }

    @Override
    public MemorySegment workspace() {
      return MemorySegment.NULL;
    }
  }
}
