package io.github.llm4j.tokenizers.template;

import java.util.Iterator;
import java.util.List;

/**
 * What Python calls a generator: can be looped over once, has no length, and is true even if
 * nothing is left in it.
 */
final class Once {
  private final Iterator<Object> items;

  Once(List<Object> items) {
    this.items = items.iterator();
  }

  Iterator<Object> iterator() {
    return items;
  }
}
