package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.vocabulary.WordHash;
import java.util.Arrays;

/** How often each word occurs. Threading: one thread. */
public final class WordCounts {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private int[] slots = new int[1 << 12]; // number of a word, plus one
  private int[] hashes = new int[1 << 10];
  private int[] starts = new int[(1 << 10) + 1];
  private long[] counts = new long[1 << 10];
  private byte[] pool = new byte[1 << 14];
  private int size;

  /** Counts a word. */
  public void add(byte[] bytes, int from, int to, long count) {
    int hash = WordHash.of(bytes, from, to);
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      int word = slots[at] - 1;
      if (hashes[word] == hash
          && Arrays.equals(pool, starts[word], starts[word + 1], bytes, from, to)) {
        counts[word] += count;
        return;
      }
      at = (at + 1) & mask;
    }
    append(hash, bytes, from, to, count);
    slots[at] = size;
    if (size > slots.length / 2) {
      rehash();
    }
  }

  private void append(int hash, byte[] bytes, int from, int to, long count) {
    if (size == counts.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size + 1);
    }
    int start = starts[size];
    long end = (long) start + to - from;
    if (end > MOST_BYTES) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "tokenizer: at most 2 GB of different words expected, found more in the training text."
              + " Learn from a part of it.");
    }
    if (end > pool.length) {
      pool = Arrays.copyOf(pool, (int) Math.min(MOST_BYTES, Math.max(end, 2L * pool.length)));
    }
    System.arraycopy(bytes, from, pool, start, to - from);
    starts[size + 1] = (int) end;
    hashes[size] = hash;
    counts[size] = count;
    size++;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int word = 0; word < size; word++) {
      int at = hashes[word] & mask;
      while (slots[at] != 0) {
        at = (at + 1) & mask;
      }
      slots[at] = word + 1;
    }
  }

  /** Adds what another counted. */
  public void addAll(WordCounts other) {
    for (int word = 0; word < other.size; word++) {
      add(other.pool, other.starts[word], other.starts[word + 1], other.counts[word]);
    }
  }

  /** Number of different words. */
  public int size() {
    return size;
  }

  /** How often a word occurs. */
  public long count(int word) {
    return counts[word];
  }

  /** Bytes of all words, one behind the other; not to be changed. */
  public byte[] pool() {
    return pool;
  }

  /** Number of bytes of all words. */
  public int poolSize() {
    return starts[size];
  }

  /** First byte of a word. */
  public int start(int word) {
    return starts[word];
  }

  /** Number of bytes of a word. */
  public int length(int word) {
    return starts[word + 1] - starts[word];
  }
}
