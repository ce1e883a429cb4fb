package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ids of words met before: each word has one place, where the last one stays. Threading: any number
 * of threads without a lock: entries are immutable and a place is read and written at once.
 */
final class WordCache {
  private static final int PLACES = 1 << 15;

  /** Longer words are rare and seldom met twice. */
  static final int LONGEST = 32;

  private final @Nullable Entry[] places = new @Nullable Entry[PLACES];

  /**
   * A word with its ids.
   *
   * @param hash of the word
   * @param word its bytes
   * @param ids its ids
   */
  @SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
  record Entry(int hash, byte[] word, int[] ids) {}

  /** Ids of a word; null if it isn't there. */
  int @Nullable [] find(int hash, byte[] utf8, int from, int to) {
    Entry entry = places[hash & (PLACES - 1)];
    boolean same =
        entry != null
            && entry.hash == hash
            && Arrays.equals(entry.word, 0, entry.word.length, utf8, from, to);
    return same ? entry.ids : null;
  }

  void put(int hash, byte[] utf8, int from, int to, int[] ids) {
    places[hash & (PLACES - 1)] = new Entry(hash, Arrays.copyOfRange(utf8, from, to), ids);
  }
}
