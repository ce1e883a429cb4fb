package io.github.llm4j.tokenizers.bpe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.pretokenizer.ByteLevel;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class BpeLearnerTest {
  private static final WordSource BYTE_LEVEL =
      WordSource.of(Optional.empty(), new ByteLevel(false, true, true));
  private static final TokenizerContext.Progress UNWATCHED = (unit, done, total) -> true;

  private static WordCounts count(String text, int piece, Workers workers, String... special)
      throws IOException {
    TokenizerContext context =
        new TokenizerContext(List.of(() -> new StringReader(text)), workers, UNWATCHED);
    return WordCounter.count("bpe", BYTE_LEVEL, List.of(special), context, piece);
  }

  private static Map<String, Long> map(WordCounts counts) {
    Map<String, Long> map = new HashMap<>();
    for (int i = 0; i < counts.size(); i++) {
      String word =
          new String(counts.pool(), counts.start(i), counts.length(i), StandardCharsets.ISO_8859_1);
      map.put(word, counts.count(i));
    }
    return map;
  }

  private static String random(Random random, int words) {
    String[] syllables = {"a", "b", "ab", "ba", "aa", "é", "日", "1", "'s", "!", "\n", "\r\n"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      for (int n = random.nextInt(5); n >= 0; n--) {
        text.append(syllables[random.nextInt(syllables.length)]);
      }
      text.append(random.nextInt(5) == 0 ? "<|x y|>" : " ".repeat(random.nextInt(3)));
    }
    return text.toString();
  }

  /** Counts every pair again for every merge. */
  private static List<BpeLearner.Pair> naive(WordCounts counts, int most, long minCount) {
    List<List<byte[]>> words = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      List<byte[]> word = new ArrayList<>();
      for (int k = 0; k < counts.length(i); k++) {
        word.add(new byte[] {counts.pool()[counts.start(i) + k]});
      }
      words.add(word);
    }
    Map<String, Integer> symbols = new HashMap<>();
    List<byte[][]> merges = new ArrayList<>();
    List<BpeLearner.Pair> learned = new ArrayList<>();
    while (learned.size() < most) {
      Map<List<String>, Long> pairs = new HashMap<>();
      Map<List<String>, byte[][]> bytes = new HashMap<>();
      for (int i = 0; i < words.size(); i++) {
        List<byte[]> word = words.get(i);
        for (int k = 0; k + 1 < word.size(); k++) {
          List<String> key = List.of(latin(word.get(k)), latin(word.get(k + 1)));
          pairs.merge(key, counts.count(i), Long::sum);
          bytes.put(key, new byte[][] {word.get(k), word.get(k + 1)});
        }
      }
      byte[][] best = null;
      long bestCount = minCount - 1;
      for (Map.Entry<List<String>, Long> entry : pairs.entrySet()) {
        byte[][] pair = bytes.getOrDefault(entry.getKey(), new byte[2][]);
        if (entry.getValue() > bestCount
            || (entry.getValue() == bestCount && best != null && compare(pair, best) > 0)) {
          best = pair;
          bestCount = entry.getValue();
        }
      }
      if (best == null) {
        break;
      }
      learned.add(new BpeLearner.Pair(symbol(symbols, best[0]), symbol(symbols, best[1])));
      symbols.put(latin(best[0]) + latin(best[1]), 256 + merges.size());
      merges.add(best);
      for (List<byte[]> word : words) {
        for (int k = 0; k + 1 < word.size(); k++) {
          if (Arrays.equals(word.get(k), best[0]) && Arrays.equals(word.get(k + 1), best[1])) {
            word.set(k, BytePairs.join(best[0], best[1]));
            word.remove(k + 1);
          }
        }
      }
    }
    return learned;
  }

  private static int symbol(Map<String, Integer> symbols, byte[] bytes) {
    return bytes.length == 1 ? bytes[0] & 0xFF : symbols.getOrDefault(latin(bytes), -1);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static int compare(byte[][] a, byte[][] b) {
    int left = Arrays.compareUnsigned(a[0], b[0]);
    return left != 0 ? left : Arrays.compareUnsigned(a[1], b[1]);
  }

  @Test
  void mergesAreThoseOfCountingAgainEachTime() throws IOException {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      String text = random(random, 1 + random.nextInt(200));
      long minCount = 1L + random.nextInt(3);
      WordCounts counts = count(text, 1 << 20, Workers.caller());
      // two ways to one string give it two symbols, which the naive learner can't tell apart
      List<BpeLearner.Pair> expected = naive(counts, 40, minCount);
      List<BpeLearner.Pair> found =
          BpeLearner.learn(counts, 40, minCount, Workers.caller(), UNWATCHED);
      assertEquals(expected, found, "seed " + seed + ", text " + i);
    }
  }

  @Test
  void threadsAndPiecesChangeNothing() throws IOException {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    String text = random(new Random(seed), 40_000);
    WordCounts alone = count(text, 1 << 30, Workers.caller(), "<|x y|>");
    List<BpeLearner.Pair> expected = BpeLearner.learn(alone, 600, 2, Workers.caller(), UNWATCHED);
    for (int threads = 2; threads <= 5; threads += 3) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        for (int piece : new int[] {17, 1000, 30_000}) {
          WordCounts counts = count(text, piece, pool, "<|x y|>");
          assertEquals(map(alone), map(counts), "seed " + seed + ", pieces of " + piece);
          assertEquals(expected, BpeLearner.learn(counts, 600, 2, pool, UNWATCHED), "seed " + seed);
        }
      }
    }
  }

  @Test
  void specialTokensAreNoWords() throws IOException {
    assertEquals(
        Map.of("a", 1L, " b", 1L, "  ", 1L, "c", 1L),
        map(count("a<|x|> b  <|x|>c", 1, Workers.caller(), "<|x|>")));
  }

  @Test
  void learningEndsWhenItIsToldTo() throws IOException {
    WordCounts counts = count(random(new Random(1), 500), 1 << 20, Workers.caller());
    assertThrows(
        CancellationException.class,
        () -> BpeLearner.learn(counts, 100, 1, Workers.caller(), (unit, done, total) -> false));
    TokenizerContext context =
        new TokenizerContext(
            List.of(() -> new StringReader("a b c")), Workers.caller(), (u, d, t) -> false);
    assertThrows(
        CancellationException.class,
        () -> WordCounter.count("bpe", BYTE_LEVEL, List.of(), context));
  }

  @Test
  void mergesOfTheCourseAssignment() throws IOException {
    String folder = "data/tokenizers/cs336-bpe/";
    String text = SharedData.text(folder + "corpus.en");
    List<String> expected =
        SharedData.text(folder + "train-bpe-reference-merges.txt").lines().toList();
    assertTrue(expected.size() > 200, expected.size() + " merges");
    try (WorkerPool pool = new WorkerPool(2)) {
      WordCounts counts = count(text, 5000, pool, "<|endoftext|>");
      BytePairs model =
          BytePairs.learned(1, BpeLearner.learn(counts, expected.size(), 1, pool, UNWATCHED));
      List<String> merges =
          model.merges().stream()
              .map(
                  m ->
                      ByteLetters.letters(model.bytes(m.left()))
                          + " "
                          + ByteLetters.letters(model.bytes(m.right())))
              .toList();
      assertEquals(expected, merges);
    }
  }
}
