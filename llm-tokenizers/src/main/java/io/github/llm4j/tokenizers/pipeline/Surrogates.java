package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.nio.charset.StandardCharsets;

/** Halves of characters: a Java string can hold them, no text can. */
public final class Surrogates {
  private Surrogates() {}

  /** Makes the error about a text that holds half a character. */
  @FunctionalInterface
  interface Refusal {
    /** The error. */
    LlmException lone();
  }

  /** The error about the first lone surrogate of a text. */
  public static LlmException lone(String tokenizer, CharSequence text) {
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

  /** UTF-8 of a text; a text that holds half a character is refused in the tokenizer's name. */
  public static byte[] utf8(String tokenizer, String text) {
    check(tokenizer, text);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses a text that holds half a character. */
  public static void check(String tokenizer, String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == length || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw lone(tokenizer, text);
        }
        i++;
      }
    }
  }

  /** Whether this is no character but half of one. */
  public static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
