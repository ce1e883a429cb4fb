package io.github.llm4j.runtime.composition;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.OptionalInt;

/** The threads of the process. */
final class WorkersModule extends AbstractModule {
  private final OptionalInt threads;

  WorkersModule(OptionalInt threads) {
    this.threads = threads;
  }

  @Override
  protected void configure() {
    bind(Workers.class).to(WorkerPool.class);
  }

  @Provides
  @Singleton
  WorkerPool pool() {
    return threads.isPresent() ? new WorkerPool(threads.getAsInt()) : WorkerPool.ofProcessors();
  }
}
