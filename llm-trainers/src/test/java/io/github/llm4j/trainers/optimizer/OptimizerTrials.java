package io.github.llm4j.trainers.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.parameter.Parameter.Role;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.CpuBackendProvider;
import io.github.llm4j.backend.cpu.CpuSettings;
import io.github.llm4j.backend.cpu.Kernels;
import io.github.llm4j.runtime.eager.EagerOps;
import io.github.llm4j.runtime.model.OptimizerMemory;
import io.github.llm4j.testkit.Reference;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Optimizers in double on the reference backend, to compare with formulas. */
final class OptimizerTrials {
  private OptimizerTrials() {}

  static Backend cpu(Workers workers) {
    return new CpuBackendProvider()
        .create(CpuSettings.of(Kernels.AUTO), new BackendContext(workers, List.of()));
  }

  static Optimizer muon(double lr, boolean nesterov, MuonSettings.Scale scale, double decay) {
    return new MuonProvider()
        .create(muonSettings(lr, nesterov, scale, decay), new OptimizerContext());
  }

  static MuonSettings muonSettings(
      double lr, boolean nesterov, MuonSettings.Scale scale, double decay) {
    return new MuonSettings(
        lr,
        0.95,
        nesterov,
        5,
        scale,
        decay,
        List.of("embedding.**"),
        new MuonSettings.Others(Optional.of(lr / 2), 0.9, 0.95, 1e-8, decay));
  }

  /** One parameter alone. */
  static ParameterArena alone(Role role, int... sizes) {
    return new ParameterArena(
        Shape.of(sizes).elements(),
        List.of(new Slice("blocks.0.weight", 0, Shape.of(sizes), role, 1)));
  }

  /**
   * Checks some steps, each against the weights that it must leave.
   *
   * @param gradients of each step
   * @param expected weights behind each step
   */
  static void check(
      Optimizer optimizer,
      ParameterArena arena,
      double[] start,
      List<double[]> gradients,
      List<double[]> expected) {
    List<double[]> found = run(optimizer, arena, start, gradients);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), 1e-12, "step " + (i + 1));
    }
  }

  /** Weights behind each step. */
  static List<double[]> run(
      Optimizer optimizer, ParameterArena arena, double[] start, List<double[]> gradients) {
    List<double[]> found = new ArrayList<>();
    TensorSpec one = TensorSpec.of(DType.F64, 1);
    try (Backend backend = Reference.open();
        EagerOps ops = new EagerOps(backend)) {
      MemorySegment masters = backend.allocate(8L * start.length);
      MemorySegment grads = backend.allocate(8L * start.length);
      masters.copyFrom(MemorySegment.ofArray(start));
      OptimizerMemory memory =
          new OptimizerMemory(
              backend, optimizer, arena, DType.F64, masters, grads, Optional.empty());
      for (int i = 0; i < gradients.size(); i++) {
        grads.copyFrom(MemorySegment.ofArray(gradients.get(i)));
        double[] numbers = optimizer.hyper(i + 1, optimizer.lr());
        Tensor hyper = ops.of(TensorSpec.of(DType.F64, numbers.length), numbers);
        optimizer.update(ops, memory.on(ops, hyper, ops.of(one, 1), ops.of(one, 1)));
        found.add(masters.toArray(java.lang.foreign.ValueLayout.JAVA_DOUBLE));
      }
    }
    return found;
  }
}
