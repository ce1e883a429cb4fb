package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The characters that words begin as when merges are learned. The symbols are all kept characters
 * in the order of their code points, then, if there is a prefix, those that go on inside a word,
 * with it before them. Threading: immutable.
 */
final class Alphabet implements Words.Splitter {
  private static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;
  private static final int NONE = -1;

  private final List<String> texts = new ArrayList<>();
  private final int[] firsts = new int[CODE_POINTS];
  private final int[] rests;
  private final boolean whole;

  /**
   * The most frequent characters of words; of equal ones those of lower code points.
   *
   * @param most number of characters, at most
   * @param coverage share of all characters of the words that is enough
   * @param prefix what the symbols of all characters but a word's first begin with
   */
  Alphabet(WordCounts words, int most, double coverage, String prefix) {
    long[] counts = new long[CODE_POINTS];
    BitSet inside = new BitSet();
    for (int word = 0; word < words.size(); word++) {
      int start = words.start(word);
      int end = start + words.length(word);
      for (int i = start; i < end; ) {
        int c = Utf8.codePoint(words.pool(), i);
        counts[c] += words.count(word);
        if (i > start) {
          inside.set(c);
        }
        i += Utf8.length(c);
      }
    }
    List<Integer> kept = kept(counts, most, coverage);
    whole = Arrays.stream(counts).filter(n -> n > 0).count() == kept.size();
    Arrays.fill(firsts, NONE);
    for (int c : kept) {
      firsts[c] = texts.size();
      texts.add(Character.toString(c));
    }
    rests = prefix.isEmpty() ? firsts : firsts.clone();
    for (int c : kept) {
      if (!prefix.isEmpty() && inside.get(c)) {
        rests[c] = texts.size();
        texts.add(prefix + Character.toString(c));
      }
    }
  }

  private static List<Integer> kept(long[] counts, int most, double coverage) {
    List<Integer> order = new ArrayList<>();
    long all = 0;
    for (int c = 0; c < counts.length; c++) {
      all += counts[c];
      if (counts[c] > 0) {
        order.add(c);
      }
    }
    order.sort(Comparator.comparingLong((Integer c) -> -counts[c]).thenComparing(c -> c));
    List<Integer> kept = new ArrayList<>();
    long covered = 0;
    for (int c : order) {
      if (kept.size() == most || covered >= coverage * all) {
        break;
      }
      kept.add(c);
      covered += counts[c];
    }
    kept.sort(null);
    return kept;
  }

  /** Number of symbols. */
  int size() {
    return texts.size();
  }

  /** Texts of the symbols. */
  List<String> texts() {
    return List.copyOf(texts);
  }

  /** Leaves characters out that aren't kept, as the Rust library does. */
  @Override
  public int split(byte[] pool, int from, int length, int[] into, int at) {
    int n = at;
    for (int i = from; i < from + length; ) {
      int c = Utf8.codePoint(pool, i);
      int symbol = i == from ? firsts[c] : rests[c];
      if (symbol != NONE) {
        into[n++] = symbol;
      }
      i += Utf8.length(c);
    }
    return n - at;
  }

  /** Words cut at characters that aren't kept, so that nothing is merged across them. */
  WordCounts cut(WordCounts words) {
    if (whole) {
      return words;
    }
    WordCounts parts = new WordCounts();
    byte[] pool = words.pool();
    for (int word = 0; word < words.size(); word++) {
      int end = words.start(word) + words.length(word);
      int from = words.start(word);
      for (int i = from; i < end; ) {
        int c = Utf8.codePoint(pool, i);
        int next = i + Utf8.length(c);
        if (firsts[c] == NONE) {
          add(parts, pool, from, i, words.count(word));
          from = next;
        }
        i = next;
      }
      add(parts, pool, from, end, words.count(word));
    }
    return parts;
  }

  private static void add(WordCounts parts, byte[] pool, int from, int to, long count) {
    if (from < to) {
      parts.add(pool, from, to, count);
    }
  }
}
