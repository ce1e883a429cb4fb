package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.testkit.BackendContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** What {@code backend = cpu} computes with here: the fastest rungs that were found. */
class CpuContractTest extends BackendContract {
  private static final WorkerPool WORKERS = new WorkerPool(2);

  @AfterAll
  static void stop() {
    WORKERS.close();
  }

  @Override
  protected Backend open() {
    BackendContext context = new BackendContext(WORKERS, List.of());
    return new CpuBackendProvider().create(CpuSettings.of(Kernels.AUTO), context);
  }
}
