package io.github.llm4j.tokenizers.unigram;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Characters that are pieces in any case: the most frequent ones that cover a share of the text.
 * Threading: immutable.
 */
final class RequiredCharacters {
  private final int[] codePoints; // the most frequent first
  private final long[] counts;
  private final BitSet all = new BitSet();

  private RequiredCharacters(int[] codePoints, long[] counts) {
    this.codePoints = codePoints;
    this.counts = counts;
    for (int codePoint : codePoints) {
      all.set(codePoint);
    }
  }

  /** Characters of words; of equally frequent ones the lower first. */
  static RequiredCharacters of(LearnedWords words, double coverage) {
    long[] counts = new long[Character.MAX_CODE_POINT + 1];
    long sum = 0;
    for (int c = 0; c < words.chunks(); c++) {
      for (int word = words.chunk(c); word < words.chunk(c + 1); word++) {
        long count = words.count(word);
        for (int at = words.start(word); at < words.end(word); ) {
          int character = Characters.at(words.pool(), at);
          counts[character] += count;
          sum += count;
          at += Characters.length(character);
        }
      }
    }
    int[] order =
        IntStream.range(1, counts.length)
            .filter(character -> counts[character] > 0)
            .boxed()
            .sorted((a, b) -> Long.compare(counts[b], counts[a]))
            .mapToInt(i -> i)
            .toArray();
    long covered = 0;
    int size = 0;
    while (size < order.length && (double) covered / sum < coverage) {
      covered += counts[order[size++]];
    }
    int[] kept = Arrays.copyOf(order, size);
    return new RequiredCharacters(kept, Arrays.stream(kept).mapToLong(c -> counts[c]).toArray());
  }

  int size() {
    return codePoints.length;
  }

  boolean has(int codePoint) {
    return all.get(codePoint);
  }

  byte[] piece(int i) {
    return Character.toString(codePoints[i]).getBytes(StandardCharsets.UTF_8);
  }

  long count(int i) {
    return counts[i];
  }
}
