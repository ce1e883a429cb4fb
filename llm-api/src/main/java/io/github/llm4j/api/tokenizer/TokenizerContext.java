package io.github.llm4j.api.tokenizer;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * What a tokenizer is built with.
 *
 * @param texts the training texts, for tokenizers that learn from them; read only if needed
 */
public record TokenizerContext(List<Source> texts) {

  /** A text that can be opened again and again. */
  @FunctionalInterface
  public interface Source {
    /** Opens the text from its beginning. */
    Reader open() throws IOException;
  }
}
