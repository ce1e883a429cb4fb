package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import java.util.Optional;

/** Reads the pre-tokenizers of a tokenizer.json. */
public final class PreTokenizers {
  private PreTokenizers() {}

  /**
   * Reads one; none if there is none.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged or of a type that isn't known
   */
  public static Optional<PreTokenizer> read(JsonPart part) {
    if (!part.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(ByteLevel.of(part));
  }
}
