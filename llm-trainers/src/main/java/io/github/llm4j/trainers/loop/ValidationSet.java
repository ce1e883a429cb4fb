package io.github.llm4j.trainers.loop;

import io.github.llm4j.trainers.data.OrderedWindows;
import io.github.llm4j.trainers.data.ValidationText;
import java.util.List;

/**
 * What one loss is measured with.
 *
 * @param name what it is called
 * @param texts its parts in windows
 */
public record ValidationSet(String name, List<OrderedWindows> texts) {

  /** Copies the list. */
  public ValidationSet {
    texts = List.copyOf(texts);
  }

  /** A text in windows of so many ids. */
  static ValidationSet of(ValidationText text, int length) {
    return new ValidationSet(
        text.name(), text.texts().stream().map(t -> new OrderedWindows(t, length)).toList());
  }

  /** Number of targets. */
  public long targets() {
    return texts.stream().mapToLong(OrderedWindows::targets).sum();
  }
}
