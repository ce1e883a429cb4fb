package io.github.llm4j.tokenizers.template;

import java.util.List;

/**
 * What a template made.
 *
 * @param text the text
 * @param generated where the {@code generation} blocks of the template wrote, in order
 * @param spansKnown false if such a block lay inside a macro or a captured text, so that nobody
 *     knows where its text went
 */
public record Rendering(String text, List<Span> generated, boolean spansKnown) {

  /** A rendering. */
  public Rendering {
    generated = List.copyOf(generated);
  }

  /**
   * A range of chars.
   *
   * @param from its first
   * @param to behind its last
   */
  public record Span(int from, int to) {}
}
