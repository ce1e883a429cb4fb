package io.github.llm4j.tokenizers.bpe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pipeline.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Short and long words against the definition. */
class WordMergerTest {

  private static int[] naive(BytePairs model, byte[] word) {
    List<byte[]> tokens = new ArrayList<>();
    for (byte b : word) {
      tokens.add(new byte[] {b});
    }
    while (true) {
      int best = Integer.MAX_VALUE;
      int at = -1;
      for (int i = 0; i + 1 < tokens.size(); i++) {
        int rank = rank(model, tokens.get(i), tokens.get(i + 1));
        if (rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        return tokens.stream().mapToInt(t -> id(model, t)).toArray();
      }
      tokens.set(at, BytePairs.join(tokens.get(at), tokens.get(at + 1)));
      tokens.remove(at + 1);
    }
  }

  private static int rank(BytePairs model, byte[] left, byte[] right) {
    List<BytePairs.Merge> merges = model.merges();
    for (int rank = 0; rank < merges.size(); rank++) {
      if (Arrays.equals(model.bytes(merges.get(rank).left()), left)
          && Arrays.equals(model.bytes(merges.get(rank).right()), right)) {
        return rank;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static int id(BytePairs model, byte[] token) {
    for (int id = 0; id < model.vocabSize(); id++) {
      if (Arrays.equals(model.bytes(id), token)) {
        return id;
      }
    }
    return -1;
  }

  @Test
  void wordsOfAnyLengthAreMergedAsDefined() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      WordCounts counts = new WordCounts();
      for (int w = 0; w < 30; w++) {
        byte[] word = word(random, 2 + random.nextInt(8));
        counts.add(word, 0, word.length, 1 + random.nextInt(5));
      }
      BytePairs model =
          BytePairs.learned(
              3, BpeLearner.learn(counts, 20, 1, Workers.caller(), (unit, done, total) -> true));
      TokenModel.Words words = model.words();
      for (int length : new int[] {1, 2, 3, 31, 32, 33, 47, 48, 49, 50, 120}) {
        byte[] word = word(random, length);
        for (int again = 0; again < 2; again++) { // the second time from the cache
          Tokens ids = new Tokens(false);
          words.encode(word, 0, length, ids);
          assertArrayEquals(naive(model, word), ids.ids(), "seed " + seed + ", " + length);
        }
      }
    }
  }

  private static byte[] word(Random random, int length) {
    byte[] word = new byte[length];
    for (int i = 0; i < length; i++) {
      word[i] = (byte) ('a' + random.nextInt(random.nextInt(10) == 0 ? 3 : 2));
    }
    return word;
  }
}
