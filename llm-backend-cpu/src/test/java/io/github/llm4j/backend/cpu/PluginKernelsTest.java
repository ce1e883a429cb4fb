package io.github.llm4j.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plugin's kernels are asked for its own ops, and for ours where the config says so. */
class PluginKernelsTest {
  private static final Kernel THEIRS = bindings -> () -> {};
  private static final List<TensorSpec> TWO =
      List.of(TensorSpec.of(DType.F32, 3), TensorSpec.of(DType.F32, 3));

  private record Swirl() implements Op {
    @Override
    public List<Output> outputs(List<TensorSpec> inputs) {
      return List.of(Output.of(inputs.get(0)));
    }
  }

  private record All(String backend) implements KernelProvider {
    @Override
    public KernelSet kernels(Workers workers) {
      return (op, inputs) -> Optional.of(THEIRS);
    }
  }

  private static Optional<Kernel> kernel(String backend, List<String> replace, Op op) {
    BackendContext context = new BackendContext(new WorkerPool(1), List.of(new All(backend)));
    CpuSettings settings = new CpuSettings(Kernels.SCALAR, replace);
    try (Backend cpu = new CpuBackendProvider().create(settings, context)) {
      return cpu.kernel(op, TWO);
    }
  }

  @Test
  void computesItsOwnOps() {
    assertEquals(Optional.of(THEIRS), kernel("cpu", List.of(), new Swirl()));
  }

  @Test
  void replacesOursWhereNamed() {
    assertNotEquals(Optional.of(THEIRS), kernel("cpu", List.of(), new Add()));
    assertEquals(Optional.of(THEIRS), kernel("cpu", List.of("llm4j:add"), new Add()));
  }

  @Test
  void isNotAskedForAnotherBackend() {
    assertEquals(Optional.empty(), kernel("cuda", List.of(), new Swirl()));
  }
}
