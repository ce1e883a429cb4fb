package io.github.llm4j.tokenizers.template;

/**
 * How much one rendering may do before it ends with an error. A template comes from a download, so
 * it is not trusted.
 *
 * @param steps evaluated nodes, loop iterations, and one for each 16 characters or elements made
 * @param characters the longest text that may come into being, the result included
 * @param depth how deep statements, expressions and calls may lie inside each other
 */
public record TemplateLimits(long steps, int characters, int depth) {

  /** Deepest that a template's source may be nested, and values inside each other. */
  static final int NESTING = 100;

  /** Ten million steps, 32 Mi characters, a depth of 400: enough for a million tokens. */
  public static final TemplateLimits DEFAULT = new TemplateLimits(10_000_000, 1 << 25, 400);
}
