package io.github.llm4j.tokenizers.template;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A list that Python calls a tuple: prints with parentheses and equals no list. */
class Tuple extends AbstractList<Object> implements RandomAccess {
  private final List<Object> items;

  Tuple(List<Object> items) {
    this.items = items;
  }

  static Tuple of(Object... items) {
    return new Tuple(List.of(items));
  }

  @Override
  public Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}
