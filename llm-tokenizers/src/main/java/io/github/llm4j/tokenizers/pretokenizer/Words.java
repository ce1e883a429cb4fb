package io.github.llm4j.tokenizers.pretokenizer;

/**
 * Where words end, found in one pass over UTF-8 without memory of what came before. Threading:
 * immutable.
 */
interface Words {
  /**
   * End of the stretch that begins at {@code at}: a word, or, as {@code ~end}, what belongs to no
   * word.
   *
   * @param at below {@code to}
   */
  int end(byte[] utf8, int at, int to);

  /**
   * Whether a stretch always ends between these two characters, whatever stands around them, and
   * what stands before them has no say in where words end behind them, nor the other way round.
   */
  boolean alwaysParts(int before, int after);

  /**
   * Whether a text may be parted between these two characters: if no word ends there, the two
   * pieces of one meet there, and all others are as they were.
   */
  default boolean separable(int before, int after) {
    return alwaysParts(before, after);
  }
}
