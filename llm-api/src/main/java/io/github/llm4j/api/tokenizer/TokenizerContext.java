package io.github.llm4j.api.tokenizer;

import io.github.llm4j.api.worker.Workers;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * What a tokenizer is built with.
 *
 * @param texts the training texts, for tokenizers that learn from them; read only if needed
 * @param workers the threads that learn
 * @param progress sees how far learning is, and ends it
 */
public record TokenizerContext(List<Source> texts, Workers workers, Progress progress) {

  /** Learning on the caller's thread, unwatched. */
  public TokenizerContext(List<Source> texts) {
    this(texts, Workers.caller(), (unit, done, total) -> true);
  }

  /** A text that can be opened again and again. */
  @FunctionalInterface
  public interface Source {
    /** Opens the text from its beginning. */
    Reader open() throws IOException;
  }

  /** Sees how far learning is; called now and then on the thread that builds the tokenizer. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Sees a state.
     *
     * @param unit what is counted, in the plural, as {@code merges}
     * @param done how many are done
     * @param total how many there will be; 0 if nobody knows
     * @return false to give up: building then ends with a {@link
     *     java.util.concurrent.CancellationException}
     */
    boolean learned(String unit, long done, long total);
  }
}
