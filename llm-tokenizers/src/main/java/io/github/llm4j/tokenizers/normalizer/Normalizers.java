package io.github.llm4j.tokenizers.normalizer;

import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Normalizer;
import java.util.Optional;

/** Reads the normalizers of a tokenizer.json. */
public final class Normalizers {
  private Normalizers() {}

  /**
   * Reads one; none if there is none.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged or of a type that isn't known
   */
  public static Optional<Normalizer> read(JsonPart part) {
    if (!part.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(new UnicodeForm(UnicodeForm.form(part.type(UnicodeForm.TYPES))));
  }
}
