package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.testkit.InterpreterContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The kernels over arrays, interpreted and compiled. */
class ArraysInterpreterTest extends InterpreterContract {
  private static final WorkerPool WORKERS = new WorkerPool(2);

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  @Override
  protected Backend open() {
    return new CpuBackendProvider()
        .create(CpuSettings.of(Kernels.ARRAYS), new BackendContext(WORKERS, List.of()));
  }
}
