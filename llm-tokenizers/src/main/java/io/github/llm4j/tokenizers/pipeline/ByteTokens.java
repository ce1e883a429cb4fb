package io.github.llm4j.tokenizers.pipeline;

/** Tokens that stand for a byte: {@code <0x61>}. */
public final class ByteTokens {
  private ByteTokens() {}

  /** The byte that a token stands for; -1 if it stands for none. */
  public static int value(String token) {
    if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
      return -1;
    }
    int high = token.charAt(3) == '+' ? 0 : digit(token.charAt(3)); // a sign counts as a digit
    int low = digit(token.charAt(4));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
