package io.github.llm4j.tokenizers.pipeline;

import java.util.Arrays;

/** A growing list of ids. Threading: one thread. */
public final class IdBuffer {
  private static final int MOST_KEPT = 1 << 18;

  private int[] ids;
  private int size;

  /** An empty one that needn't grow for so many ids. */
  public IdBuffer(int capacity) {
    ids = new int[Math.max(16, capacity)];
  }

  /** Adds an id. */
  public void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.addExact(size, size >> 1));
    }
    ids[size++] = id;
  }

  /** Adds ids. */
  public void addAll(int[] more) {
    if (more.length == 1) {
      add(more[0]);
      return;
    }
    for (int id : more) {
      add(id);
    }
  }

  /** Forgets all ids; a large buffer is let go. */
  public void clear() {
    size = 0;
    if (ids.length > MOST_KEPT) {
      ids = new int[MOST_KEPT];
    }
  }

  /** An id. */
  public int get(int index) {
    return ids[index];
  }

  /** Number of ids. */
  public int size() {
    return size;
  }

  /** The ids from {@code from} on. */
  public int[] since(int from) {
    return Arrays.copyOfRange(ids, from, size);
  }

  /** All ids. */
  public int[] toArray() {
    return since(0);
  }
}
