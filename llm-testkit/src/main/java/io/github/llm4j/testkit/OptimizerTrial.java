package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.parameter.Parameter.Role;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.eager.Values;
import io.github.llm4j.runtime.model.OptimizerMemory;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.Recorder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Steps of an optimizer over a few small parameters, with gaps between them. */
final class OptimizerTrial {
  static final String FROZEN = "blocks.0.feed-forward.up.weight";
  private static final int ALIGNMENT = 32;

  private final Backend backend;
  private final Optimizer optimizer;
  private final MemorySegment masters;
  private final MemorySegment gradients;
  private final Optional<MemorySegment> copy;
  private final OptimizerMemory memory;
  private final Plan plan;
  private long steps;

  OptimizerTrial(Backend backend, Optimizer optimizer, boolean withCopy) {
    this.backend = backend;
    this.optimizer = optimizer;
    ParameterArena arena = arena();
    TensorSpec flat = TensorSpec.of(DType.F32, Math.toIntExact(arena.elements()));
    masters = backend.allocate(flat.bytes());
    gradients = backend.allocate(flat.bytes());
    copy = withCopy ? Optional.of(backend.allocate(flat.as(DType.BF16).bytes())) : Optional.empty();
    memory = new OptimizerMemory(backend, optimizer, arena, DType.F32, masters, gradients, copy);
    Recorder recorder = new Recorder(backend);
    Tensor hyper = recorder.input("hyper", TensorSpec.of(DType.F32, optimizer.hyper().size()));
    Tensor scale = recorder.input("scale", TensorSpec.of(DType.F32, 1));
    Tensor finite = recorder.input("finite", TensorSpec.of(DType.F32, 1));
    optimizer.update(recorder, memory.on(recorder, hyper, scale, finite));
    plan = recorder.plan(new PlanArena(backend));
  }

  /** Matrices of all proportions, a vector, three matrices in one, and one that is frozen. */
  static ParameterArena arena() {
    List<Slice> slices = new ArrayList<>();
    long offset = 0;
    offset = add(slices, offset, "blocks.0.attention.query.weight", Role.MATRIX, 1, 41, 25);
    offset = add(slices, offset, "blocks.0.experts.up", Role.MATRIX, 1, 3, 8, 25);
    offset = add(slices, offset, "blocks.0.feed-forward.down.weight", Role.MATRIX, 1, 25, 150);
    offset = add(slices, offset, FROZEN, Role.MATRIX, 0, 30, 25);
    offset = add(slices, offset, "blocks.0.norm.weight", Role.VECTOR, 1, 25);
    offset = add(slices, offset, "embedding.token.weight", Role.MATRIX, 1, 1000, 25);
    return new ParameterArena(offset, slices);
  }

  private static long add(
      List<Slice> slices, long offset, String path, Role role, double lrScale, int... sizes) {
    Slice slice = new Slice(path, offset, Shape.of(sizes), role, lrScale);
    slices.add(slice);
    return offset + (slice.shape().elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Values in all parameters, zeros in the gaps. */
  static float[] spread(Seeds seeds, double size) {
    ParameterArena arena = arena();
    float[] values = new float[Math.toIntExact(arena.elements())];
    for (Slice slice : arena.slices()) {
      double[] some = seeds.normal(DType.F32, slice.shape().sizes()).values();
      for (int i = 0; i < some.length; i++) {
        values[(int) slice.offset() + i] = (float) (some[i] * size);
      }
    }
    return values;
  }

  /** Overwrites the masters, and the copy with them. */
  void masters(float[] values) {
    backend.upload(MemorySegment.ofArray(values), masters);
    copy.ifPresent(c -> backend.upload(MemorySegment.ofArray(rounded(values)), c));
  }

  /** Bits of values in BF16. */
  static short[] rounded(float[] values) {
    TensorSpec spec = TensorSpec.of(DType.BF16, values.length);
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    try (Arena scope = Arena.ofConfined()) {
      MemorySegment host = scope.allocate(spec.bytes(), Long.BYTES);
      Values.write(host, spec, wide);
      return host.toArray(ValueLayout.JAVA_SHORT);
    }
  }

  float[] masters() {
    float[] values = new float[(int) (masters.byteSize() / Float.BYTES)];
    backend.download(masters, MemorySegment.ofArray(values));
    return values;
  }

  Optional<short[]> copy() {
    return copy.map(
        c -> {
          short[] values = new short[(int) (c.byteSize() / Short.BYTES)];
          backend.download(c, MemorySegment.ofArray(values));
          return values;
        });
  }

  /** All states by name. */
  Map<String, float[]> states() {
    Map<String, float[]> all = new LinkedHashMap<>();
    memory
        .states()
        .forEach(
            (name, state) -> {
              float[] values = new float[Math.toIntExact(state.spec().shape().elements())];
              backend.download(state.memory(), MemorySegment.ofArray(values));
              all.put(name, values);
            });
    return all;
  }

  /** Goes on where another stands. */
  void restore(OptimizerTrial other) {
    masters(other.masters());
    Map<String, float[]> states = other.states();
    memory
        .states()
        .forEach(
            (name, state) -> {
              float[] values = Objects.requireNonNull(states.get(name));
              backend.upload(MemorySegment.ofArray(values), state.memory());
            });
    steps = other.steps;
  }

  /** One step at this share of the optimizer's learning rate. */
  void step(float[] gradient, double scale, boolean finite, double share) {
    if (finite) {
      steps++;
    }
    backend.upload(MemorySegment.ofArray(gradient), gradients);
    double[] numbers = optimizer.hyper(Math.max(1, steps), optimizer.lr() * share);
    float[] hyper = new float[numbers.length];
    for (int i = 0; i < hyper.length; i++) {
      hyper[i] = (float) numbers[i];
    }
    plan.set("hyper", hyper);
    plan.set("scale", new float[] {(float) scale});
    plan.set("finite", new float[] {finite ? 1 : 0});
    plan.run();
  }
}
