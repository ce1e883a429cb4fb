package io.github.llm4j.formats.sentencepiece;

/**
 * What is done to a text before it is cut, or to pieces behind it.
 *
 * @param name of the rules: {@code nmt_nfkc}, {@code nfkc_cf}, {@code identity}
 * @param charsmap the rules, compiled; empty if there are none. Not to be changed
 * @param addDummyPrefix whether a blank is put in front
 * @param removeExtraWhitespaces whether blanks at both ends go and several become one
 * @param escapeWhitespaces whether blanks become U+2581
 * @param rules the rules as they were written, a line each: {@code source TAB target} in hex
 */
public record NormalizerSpec(
    String name,
    byte[] charsmap,
    boolean addDummyPrefix,
    boolean removeExtraWhitespaces,
    boolean escapeWhitespaces,
    String rules) {

  /** What holds where a file says nothing. */
  public static final NormalizerSpec DEFAULT =
      new NormalizerSpec("", new byte[0], true, true, true, "");
}
