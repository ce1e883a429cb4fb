package io.github.llm4j.tokenizers.unigram;

import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds the stretches of words that occur more than once and aren't always followed by the same
 * character: the nodes of a suffix tree, with the counts of the words they are in. Suffixes are
 * sorted character by character, as deep as a piece may be long: O(n log n) for n characters, 8
 * bytes each.
 */
final class SeedFinder {
  private static final int FRAME = 5;

  private final LearnedWords words;
  private final byte[] pool;
  private final int longest;
  private final PieceScript scripts;
  private final IntPredicate required;
  private final long[] suffixes; // next character and first byte

  private SeedFinder(LearnedWords words, int longest, PieceScript scripts, IntPredicate required) {
    this.words = words;
    this.pool = words.pool();
    this.longest = longest;
    this.scripts = scripts;
    this.required = required;
    int size = 0;
    for (byte b : pool) {
      size += (b & 0xC0) != 0x80 && b != LearnedWords.END ? 1 : 0;
    }
    suffixes = new long[size];
    int at = 0;
    for (int i = 0; i < pool.length; i++) {
      if ((pool[i] & 0xC0) != 0x80 && pool[i] != LearnedWords.END) {
        suffixes[at++] = (long) Characters.at(pool, i) << 32 | i;
      }
    }
    Arrays.sort(suffixes);
  }

  /**
   * Finds them.
   *
   * @param longest characters of a piece
   * @param required says which characters may be in a piece
   * @param most number of pieces; those that cover the most characters are kept
   */
  static SeedPieces find(
      LearnedWords words,
      int longest,
      PieceScript scripts,
      IntPredicate required,
      int most,
      Workers workers) {
    SeedFinder finder = new SeedFinder(words, longest, scripts, required);
    int[] begins = new int[finder.suffixes.length + 1];
    int groups = 0;
    for (int i = 0; i < finder.suffixes.length; i++) {
      if (i == 0 || finder.suffixes[i] >>> 32 != finder.suffixes[i - 1] >>> 32) {
        begins[groups++] = i;
      }
    }
    begins[groups] = finder.suffixes.length;
    SeedPieces[] found = new SeedPieces[groups];
    workers.run(
        groups,
        (group, worker) -> {
          found[group] = new SeedPieces(most);
          finder.search(begins[group], begins[group + 1], found[group]);
        });
    SeedPieces all = new SeedPieces(most);
    for (SeedPieces some : found) {
      all.addAll(some);
    }
    all.keepBest();
    return all;
  }

  /** Searches suffixes that begin with the same character. */
  private void search(int begin, int end, SeedPieces found) {
    int[] stack = new int[64 * FRAME];
    int size = push(stack, 0, begin, end, 0, 0, PieceScript.ANY);
    while (size > 0) {
      size -= FRAME;
      int from = stack[size];
      int to = stack[size + 1];
      int characters = stack[size + 2];
      int bytes = stack[size + 3];
      int script = stack[size + 4];
      boolean parts = sortByNext(from, to, bytes);
      int first = (int) (suffixes[from] >>> 32);
      if (characters > 1 && (parts || first == 0)) {
        long count = 0;
        for (int i = from; i < to; i++) {
          count += words.countAt((int) suffixes[i]);
        }
        if (count > 1) {
          found.add(count * characters, (int) suffixes[from], bytes);
        }
      }
      if (characters == longest) {
        continue;
      }
      for (int i = from; i < to; ) {
        int next = (int) (suffixes[i] >>> 32);
        int groupEnd = i + 1;
        while (groupEnd < to && suffixes[groupEnd] >>> 32 == next) {
          groupEnd++;
        }
        if (next != 0 && required.test(next) && isWorth(i, groupEnd)) {
          int with = scripts.extend(script, characters == 0, next);
          if (with != PieceScript.NONE) {
            if (size + FRAME > stack.length) {
              stack = Arrays.copyOf(stack, 2 * stack.length);
            }
            size =
                push(
                    stack,
                    size,
                    i,
                    groupEnd,
                    characters + 1,
                    bytes + Characters.length(next),
                    with);
          }
        }
        i = groupEnd;
      }
    }
  }

  private static int push(
      int[] stack, int size, int from, int to, int characters, int bytes, int script) {
    stack[size] = from;
    stack[size + 1] = to;
    stack[size + 2] = characters;
    stack[size + 3] = bytes;
    stack[size + 4] = script;
    return size + FRAME;
  }

  private boolean isWorth(int from, int to) {
    return to - from > 1 || words.countAt((int) suffixes[from]) > 1;
  }

  /** Sorts by the character behind so many bytes, and says whether there are several. */
  private boolean sortByNext(int from, int to, int bytes) {
    boolean parts = false;
    for (int i = from; i < to; i++) {
      int at = (int) suffixes[i];
      suffixes[i] = (long) Characters.at(pool, at + bytes) << 32 | at;
      parts |= suffixes[i] >>> 32 != suffixes[from] >>> 32;
    }
    if (parts) {
      Arrays.sort(suffixes, from, to);
    }
    return parts;
  }
}
