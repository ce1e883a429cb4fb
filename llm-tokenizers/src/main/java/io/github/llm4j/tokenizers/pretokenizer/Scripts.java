package io.github.llm4j.tokenizers.pretokenizer;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;

/** Scripts of characters, as SentencePiece parts them. Threading: immutable. */
final class Scripts {
  /** What has no script, and the space. */
  static final short ANY = 0;

  private static final Map<UnicodeScript, Short> NUMBERS = new EnumMap<>(UnicodeScript.class);
  private static final short[] TABLE = new short[1 << 16];

  static {
    NUMBERS.put(UnicodeScript.UNKNOWN, ANY);
    for (UnicodeScript script : UnicodeScript.values()) {
      NUMBERS.putIfAbsent(script, (short) NUMBERS.size());
    }
    for (UnicodeScript kana :
        new UnicodeScript[] {UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA}) {
      NUMBERS.put(kana, NUMBERS.getOrDefault(UnicodeScript.HAN, ANY));
    }
    for (int c = 0; c < TABLE.length; c++) {
      TABLE[c] = compute(c);
    }
  }

  private Scripts() {}

  /** A number for the script; Han is also Hiragana, Katakana and their mark for long vowels. */
  static short of(int c) {
    return c < TABLE.length ? TABLE[c] : compute(c);
  }

  private static short compute(int c) {
    UnicodeScript script =
        switch (c) {
          case ' ' -> UnicodeScript.UNKNOWN;
          case 0x30FC -> UnicodeScript.HAN;
          // these four have moved since
          case 0x589, 0x61C -> UnicodeScript.COMMON;
          case 0x953, 0x954 -> UnicodeScript.DEVANAGARI;
          default -> NewScripts.has(c) ? UnicodeScript.UNKNOWN : UnicodeScript.of(c);
        };
    return NUMBERS.getOrDefault(script, ANY);
  }
}
