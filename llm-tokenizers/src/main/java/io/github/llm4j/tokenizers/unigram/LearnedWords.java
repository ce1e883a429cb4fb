package io.github.llm4j.tokenizers.unigram;

import io.github.llm4j.tokenizers.bpe.WordCounts;
import java.util.Arrays;

/**
 * Words to learn from with their counts, in the order of their bytes: what is learned depends on
 * nothing else, not on who counted them. Threading: immutable.
 */
final class LearnedWords {
  /** Longer words are cut: a search keeps some numbers for each byte of a word. */
  static final int LONGEST = 1 << 12;

  /** Ends a word in the pool: no byte of UTF-8. */
  static final byte END = (byte) 0xFF;

  private static final int BLOCK_BITS = 5;
  private static final int CHUNK = 1 << 14;

  private final byte[] pool;
  private final int[] starts;
  private final long[] counts;
  private final int[] firstWord; // of each block of the pool
  private final int[] chunks; // words at which a chunk begins
  private final long total;
  private final long totalBytes;

  LearnedWords(WordCounts words) {
    Integer[] order = new Integer[words.size()];
    for (int w = 0; w < order.length; w++) {
      order[w] = w;
    }
    byte[] all = words.pool();
    Arrays.sort(
        order,
        (a, b) ->
            Arrays.compareUnsigned(
                all,
                words.start(a),
                words.start(a) + words.length(a),
                all,
                words.start(b),
                words.start(b) + words.length(b)));
    int parts = 0;
    for (int w = 0; w < order.length; w++) {
      parts += (words.length(w) + LONGEST - 1) / LONGEST + 1; // one more, since cuts move back
    }
    byte[] bytes = new byte[Math.addExact(words.poolSize(), parts)];
    starts = new int[parts + 1];
    counts = new long[parts];
    int size = 0;
    int used = 0;
    long sum = 0;
    long sumBytes = 0;
    for (int word : order) {
      int from = words.start(word);
      int end = from + words.length(word);
      while (from < end) {
        int to = cut(all, from, end);
        System.arraycopy(all, from, bytes, used, to - from);
        used += to - from;
        bytes[used++] = END;
        counts[size++] = words.count(word);
        starts[size] = used;
        sum += words.count(word);
        sumBytes += words.count(word) * (to - from);
        from = to;
      }
    }
    pool = Arrays.copyOf(bytes, used);
    total = sum;
    totalBytes = sumBytes;
    firstWord = new int[(used >> BLOCK_BITS) + 1];
    int[] begins = new int[used / CHUNK + 2];
    int chunk = 0;
    int word = 0;
    for (int w = 0; w < size; w++) {
      if (starts[w] >= (long) chunk * CHUNK) {
        begins[chunk++] = w;
      }
    }
    for (int block = 0; block < firstWord.length; block++) {
      while (word + 1 < size && starts[word + 1] <= block << BLOCK_BITS) {
        word++;
      }
      firstWord[block] = word;
    }
    begins[chunk] = size;
    chunks = Arrays.copyOf(begins, chunk + 1);
  }

  /** Where a word that may be too long is cut: at a whole character. */
  private static int cut(byte[] bytes, int from, int end) {
    if (end - from <= LONGEST) {
      return end;
    }
    int to = from + LONGEST;
    while (to > from + LONGEST - 3 && (bytes[to] & 0xC0) == 0x80) {
      to--;
    }
    return to;
  }

  byte[] pool() {
    return pool;
  }

  int start(int word) {
    return starts[word];
  }

  /** The byte behind the last of a word, where {@link #END} is. */
  int end(int word) {
    return starts[word + 1] - 1;
  }

  long count(int word) {
    return counts[word];
  }

  /** How often the word occurs in which a byte of the pool lies. */
  long countAt(int at) {
    int word = firstWord[at >> BLOCK_BITS];
    while (starts[word + 1] <= at) {
      word++;
    }
    return counts[word];
  }

  /** Sum of all counts. */
  long total() {
    return total;
  }

  /** Bytes of all words, as often as they occur. */
  long bytes() {
    return totalBytes;
  }

  /** Number of chunks that can be worked on by themselves. */
  int chunks() {
    return chunks.length - 1;
  }

  /** The first word of a chunk; of the number of chunks: the number of words. */
  int chunk(int i) {
    return chunks[i];
  }
}
