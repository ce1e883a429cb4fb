package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.op.Linear;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.testkit.InterpreterContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The products that {@code backend = cpu} takes here, interpreted and compiled. */
class CpuInterpreterTest extends InterpreterContract {
  private static final WorkerPool WORKERS = new WorkerPool(2);

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  @Override
  protected Backend open() {
    return new CpuBackendProvider()
        .create(CpuSettings.of(Kernels.AUTO), new BackendContext(WORKERS, List.of()));
  }

  @Override
  protected boolean tries(Op op) { // the others are those of VectorInterpreterTest
    return op instanceof Linear || op instanceof Matmul;
  }
}
