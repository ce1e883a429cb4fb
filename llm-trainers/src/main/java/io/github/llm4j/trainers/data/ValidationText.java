package io.github.llm4j.trainers.data;

import java.util.List;

/**
 * Ids that a loss is measured with.
 *
 * @param name what it is called; {@link #MAIN} for the first
 * @param texts its parts, each seen for itself
 */
public record ValidationText(String name, List<Tokens> texts) {
  /** Name of the text by which weights are the best. */
  public static final String MAIN = "validation";

  /** Copies the list. */
  public ValidationText {
    texts = List.copyOf(texts);
  }

  /** The main text in one part. */
  public static ValidationText of(Tokens text) {
    return new ValidationText(MAIN, List.of(text));
  }

  /** Number of ids. */
  public long count() {
    return texts.stream().mapToLong(Tokens::count).sum();
  }
}
