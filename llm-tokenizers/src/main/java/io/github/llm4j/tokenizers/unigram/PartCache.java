package io.github.llm4j.tokenizers.unigram;

import io.github.llm4j.tokenizers.vocabulary.WordHash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Steps of parts of text met before: each part has one place, where the last one stays. Threading:
 * any number of threads without a lock: entries are immutable and a place is read and written at
 * once.
 */
final class PartCache {
  private static final int PLACES = 1 << 15;

  /** Longer parts are rare and seldom met twice. */
  static final int LONGEST = 32;

  private final @Nullable Entry[] places = new @Nullable Entry[PLACES];

  /**
   * A part with its steps.
   *
   * @param part its bytes
   * @param steps id and length of each step
   * @param margin least difference between sums that were compared
   */
  @SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
  record Entry(byte[] part, int[] steps, double margin) {}

  static int hash(byte[] utf8, int from, int to) {
    return WordHash.of(utf8, from, to);
  }

  /** The entry of a part; null if it isn't there. */
  @Nullable Entry find(int hash, byte[] utf8, int from, int to) {
    Entry entry = places[hash & (PLACES - 1)];
    return entry != null && Arrays.equals(entry.part, 0, entry.part.length, utf8, from, to)
        ? entry
        : null;
  }

  void put(int hash, Entry entry) {
    places[hash & (PLACES - 1)] = entry;
  }
}
