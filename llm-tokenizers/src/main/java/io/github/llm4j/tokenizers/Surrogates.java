package io.github.llm4j.tokenizers;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;

/** Halves of characters: a Java string can hold them, no text can. */
final class Surrogates {
  private Surrogates() {}

  /** The error about the first lone surrogate of a text. */
  static LlmException lone(String tokenizer, CharSequence text) {
    int[] codePoints = text.codePoints().toArray();
    int at = 0;
    while (at < codePoints.length && !isSurrogate(codePoints[at])) {
      at++;
    }
    return new LlmException(
        ErrorKind.USER,
        ("tokenizer '%s': whole characters expected, found half of a surrogate pair (U+%04X) at"
                + " character %d. Cut texts between code points.")
            .formatted(tokenizer, at < codePoints.length ? codePoints[at] : 0, at + 1));
  }

  static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
