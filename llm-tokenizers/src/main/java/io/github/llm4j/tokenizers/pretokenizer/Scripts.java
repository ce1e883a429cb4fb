package io.github.llm4j.tokenizers.pretokenizer;

import java.lang.Character.UnicodeScript;

/** Scripts of characters, as SentencePiece parts them. Threading: immutable. */
final class Scripts {
  /** What has no script, and the space. */
  static final int ANY = UnicodeScript.UNKNOWN.ordinal();

  private static final int HAN = UnicodeScript.HAN.ordinal();
  private static final short[] TABLE = new short[1 << 16];

  static {
    for (int c = 0; c < TABLE.length; c++) {
      TABLE[c] = (short) compute(c);
    }
  }

  private Scripts() {}

  /** A number for the script; Han is also Hiragana, Katakana and their mark for long vowels. */
  static int of(int c) {
    return c < TABLE.length ? TABLE[c] : compute(c);
  }

  private static int compute(int c) {
    UnicodeScript script =
        switch (c) {
          case ' ' -> UnicodeScript.UNKNOWN;
          case 0x30FC -> UnicodeScript.HAN;
          // these four have moved since
          case 0x589, 0x61C -> UnicodeScript.COMMON;
          case 0x953, 0x954 -> UnicodeScript.DEVANAGARI;
          default -> NewScripts.has(c) ? UnicodeScript.UNKNOWN : UnicodeScript.of(c);
        };
    return script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA
        ? HAN
        : script.ordinal();
  }
}
