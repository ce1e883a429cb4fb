package io.github.llm4j.tokenizers.vocabulary;

import io.github.llm4j.tokenizers.pipeline.IdBuffer;
import io.github.llm4j.tokenizers.pipeline.Tokens;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of words met before: each word has one place, where the last one stays. Threading: any
 * number of threads without a lock: entries are immutable and a place is read and written at once.
 */
public final class WordCache {
  private static final int PLACES = 1 << 15;

  /** Longer words are rare and seldom met twice. */
  public static final int LONGEST = 32;

  private final @Nullable Entry[] places = new @Nullable Entry[PLACES];

  /** An empty one. */
  public WordCache() {}

  /** A word with its tokens. */
  public static final class Entry {
    private final int hash;
    private final byte[] word;
    private final int[] ids;
    private final byte[] ends;

    private Entry(int hash, byte[] word, int[] ids, byte[] ends) {
      this.hash = hash;
      this.word = word;
      this.ids = ids;
      this.ends = ends;
    }

    /**
     * Adds the tokens.
     *
     * @param from where the word begins
     */
    public void addTo(Tokens tokens, int from) {
      if (!tokens.ranges()) {
        tokens.addAll(ids);
        return;
      }
      int start = from;
      for (int i = 0; i < ids.length; i++) {
        tokens.add(ids[i], start, from + ends[i]);
        start = from + ends[i];
      }
    }
  }

  /** Tokens of a word; null if it isn't there. */
  public @Nullable Entry find(int hash, byte[] utf8, int from, int to) {
    Entry entry = places[hash & (PLACES - 1)];
    boolean same =
        entry != null
            && entry.hash == hash
            && Arrays.equals(entry.word, 0, entry.word.length, utf8, from, to);
    return same ? entry : null;
  }

  /**
   * Keeps a word of at most {@link #LONGEST} bytes.
   *
   * @param ids its tokens
   * @param ends where each ends, counted from the word's beginning
   */
  public Entry put(int hash, byte[] utf8, int from, int to, IdBuffer ids, IdBuffer ends) {
    byte[] lasts = new byte[ends.size()];
    for (int i = 0; i < lasts.length; i++) {
      lasts[i] = (byte) ends.get(i);
    }
    Entry entry = new Entry(hash, Arrays.copyOfRange(utf8, from, to), ids.toArray(), lasts);
    places[hash & (PLACES - 1)] = entry;
    return entry;
  }
}
