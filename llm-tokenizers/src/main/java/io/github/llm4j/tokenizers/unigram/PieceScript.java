package io.github.llm4j.tokenizers.unigram;

import java.lang.Character.UnicodeScript;

/**
 * Which characters may stand in one learned piece: those of one script, as in SentencePiece's
 * trainer. Kana count as Han; marks take the script of what stands before them; the meta symbol
 * goes with each, but only begins a piece.
 */
@SuppressWarnings("EnumOrdinal") // a script is kept in a stack of numbers, and nowhere else
final class PieceScript {
  /** The script of a piece that has none yet. */
  static final int ANY = -1;

  /** The piece can't go on with this character. */
  static final int NONE = -2;

  private static final int META = 0x2581;
  private static final int LONG_VOWEL = 0x30FC;

  private final boolean oneScript;

  PieceScript(boolean oneScript) {
    this.oneScript = oneScript;
  }

  /**
   * The script of a piece with one more character, or {@link #NONE}.
   *
   * @param script of the piece
   * @param isFirst whether the piece is empty
   */
  int extend(int script, boolean isFirst, int codePoint) {
    if (codePoint == META) {
      return isFirst ? ANY : NONE;
    }
    if (codePoint == 0) {
      return NONE; // stands for nothing in files of others
    }
    if (!oneScript) {
      return ANY;
    }
    int own = of(codePoint);
    if (own == UnicodeScript.INHERITED.ordinal()) {
      return script;
    }
    return script == ANY || script == own ? own : NONE;
  }

  private static int of(int codePoint) {
    if (codePoint < 0x80) {
      boolean letter = (codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z';
      return (letter ? UnicodeScript.LATIN : UnicodeScript.COMMON).ordinal();
    }
    UnicodeScript script = UnicodeScript.of(codePoint);
    boolean kana =
        script == UnicodeScript.HIRAGANA
            || script == UnicodeScript.KATAKANA
            || codePoint == LONG_VOWEL;
    return (kana ? UnicodeScript.HAN : script).ordinal();
  }
}
