package io.github.llm4j.tokenizers.file;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;

/** Errors about files. */
final class Wrong {
  private Wrong() {}

  /** The error about something in a file that isn't as expected. */
  static LlmException found(String where, String expected, String found) {
    return new LlmException(
        ErrorKind.USER,
        "%s: %s expected, found %s. The file is damaged or of another kind; copy it again."
            .formatted(where, expected, found));
  }
}
