package io.github.llm4j.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.autograd.Tape;
import io.github.llm4j.runtime.eager.EagerOps;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A maximum of an F32 and a bf16 tensor sends its gradient to the larger element of each pair. */
class MixedMaxGradientTest {

  @Test
  void gradientsGoToTheLargerOfTwoTypes() {
    try (WorkerPool workers = new WorkerPool(1);
        Backend backend =
            new ReferenceBackendProvider()
                .create(new ReferenceSettings(), new BackendContext(workers, List.of()));
        EagerOps ops = new EagerOps(backend)) {
      Tensor a = ops.of(TensorSpec.of(DType.F32, 3), 1, 2, 3);
      Tensor b = ops.of(TensorSpec.of(DType.BF16, 3), 2, 2, 2);
      Tape tape = new Tape(ops);
      tape.watch(a);
      tape.watch(b);
      tape.backward(tape.max(a, b), ops.of(TensorSpec.of(DType.F32, 3), 5, 6, 7));
      assertArrayEquals(new double[] {0, 6, 7}, ops.values(Objects.requireNonNull(tape.grad(a))));
      assertArrayEquals(new double[] {5, 0, 0}, ops.values(Objects.requireNonNull(tape.grad(b))));
    }
  }
}
