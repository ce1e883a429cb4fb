package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.trainers.data.TokenizerStore;
import io.github.llm4j.trainers.run.RunSettings;
import java.nio.file.Path;

/**
 * The tokenizer of a config: kept where training keeps it, so that one that learns does so once.
 */
final class RunTokenizer {
  private RunTokenizer() {}

  static Tokenizer of(RunSettings settings, Path runs) {
    try (WorkerPool workers =
        settings.threads().map(WorkerPool::new).orElseGet(WorkerPool::ofProcessors)) {
      return new TokenizerStore(runs.resolve(".tokens"))
          .tokenizer(
              settings.tokenizer(),
              settings.data(),
              workers,
              new TokenizerStore.Listener() {
                @Override
                public boolean learning(String unit, long done, long total) {
                  return true;
                }

                @Override
                public void learned(int vocabSize, boolean before, double seconds) {}
              });
    }
  }
}
