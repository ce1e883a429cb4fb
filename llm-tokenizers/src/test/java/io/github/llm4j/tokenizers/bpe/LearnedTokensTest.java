package io.github.llm4j.tokenizers.bpe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LearnedTokensTest {
  private static final String[] LETTERS = {"a", "b", "c", "é", "日", "😀", "z"};

  private static TokenizerContext context(Workers workers) {
    return new TokenizerContext(List.of(), workers, (unit, done, total) -> true);
  }

  private static WordCounts counts(Map<String, Long> words) {
    WordCounts counts = new WordCounts();
    words.forEach(
        (word, count) -> {
          byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
          counts.add(utf8, 0, utf8.length, count);
        });
    return counts;
  }

  private static Map<String, Long> words(Random random, int n) {
    Map<String, Long> words = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      StringBuilder word = new StringBuilder();
      for (int k = random.nextInt(9); k >= 0; k--) {
        word.append(LETTERS[random.nextInt(random.nextInt(3) == 0 ? LETTERS.length : 3)]);
      }
      words.merge(word.toString(), 1L + random.nextInt(4), Long::sum);
    }
    return words;
  }

  private static List<String> shown(LearnedTokens tokens) {
    List<String> shown = new ArrayList<>();
    for (int id = 0; id < tokens.vocabulary().size(); id++) {
      shown.add(new String(tokens.vocabulary().bytes(id), StandardCharsets.UTF_8));
    }
    tokens.merges().forEach(merge -> shown.add(merge.toString()));
    return shown;
  }

  /** As the Rust library is published to train, everything counted again for each merge. */
  private static List<String> naive(LearnedTokens.Request request, Map<String, Long> words) {
    Map<Integer, Long> characters = new HashMap<>();
    words.forEach((w, n) -> w.codePoints().forEach(c -> characters.merge(c, n, Long::sum)));
    TreeSet<Integer> kept = new TreeSet<>();
    characters.keySet().stream()
        .sorted(
            Comparator.comparingLong((Integer c) -> -characters.getOrDefault(c, 0L))
                .thenComparing(c -> c))
        .limit(request.characters())
        .forEach(kept::add);
    Map<String, Integer> ids = new LinkedHashMap<>();
    request.reserved().forEach(token -> ids.put(token, ids.size()));
    kept.forEach(c -> ids.putIfAbsent(Character.toString(c), ids.size()));
    TreeSet<Integer> inside = new TreeSet<>();
    words.keySet().forEach(w -> w.codePoints().skip(1).filter(kept::contains).forEach(inside::add));
    inside.forEach(c -> ids.putIfAbsent(request.prefix() + Character.toString(c), ids.size()));
    List<List<Integer>> split = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    words.forEach(
        (word, count) -> {
          List<Integer> symbols = new ArrayList<>();
          int[] all = word.codePoints().toArray();
          for (int i = 0; i < all.length; i++) {
            if (kept.contains(all[i])) {
              symbols.add(ids.get((i > 0 ? request.prefix() : "") + Character.toString(all[i])));
            }
          }
          split.add(symbols);
          counts.add(count);
        });
    List<BytePairs.Merge> merges = new ArrayList<>();
    while (ids.size() < request.vocabSize()) {
      Map<List<Integer>, Long> pairs = new HashMap<>();
      for (int w = 0; w < split.size(); w++) {
        for (int i = 0; i + 1 < split.get(w).size(); i++) {
          pairs.merge(split.get(w).subList(i, i + 2), counts.get(w), Long::sum);
        }
      }
      List<Integer> best =
          pairs.entrySet().stream()
              .filter(e -> e.getValue() >= request.minCount())
              .min(
                  Map.Entry.<List<Integer>, Long>comparingByValue()
                      .reversed()
                      .thenComparing(e -> e.getKey().get(0))
                      .thenComparing(e -> e.getKey().get(1)))
              .map(e -> List.copyOf(e.getKey()))
              .orElse(List.of());
      if (best.isEmpty()) {
        break;
      }
      List<String> texts = List.copyOf(ids.keySet());
      String both =
          texts.get(best.get(0)) + texts.get(best.get(1)).substring(request.prefix().length());
      ids.putIfAbsent(both, ids.size());
      merges.add(new BytePairs.Merge(best.get(0), best.get(1), ids.get(both)));
      for (List<Integer> symbols : split) {
        for (int i = 0; i + 1 < symbols.size(); i++) {
          if (symbols.subList(i, i + 2).equals(best)) {
            symbols.set(i, ids.get(both));
            symbols.remove(/* index */ i + 1);
          }
        }
      }
    }
    List<String> shown = new ArrayList<>(ids.keySet());
    merges.forEach(merge -> shown.add(merge.toString()));
    return shown;
  }

  private static LearnedTokens.Request request(Random random, boolean prefix) {
    return new LearnedTokens.Request(
        "wordpiece",
        List.of("[UNK]", "[PAD]"),
        20 + random.nextInt(40),
        1 + random.nextInt(3),
        random.nextInt(3) == 0 ? 3 : 1000,
        1,
        prefix ? "##" : "",
        false);
  }

  @Test
  void tokensAreThoseThatTheRustLibraryIsPublishedToLearn() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      LearnedTokens.Request request = request(random, i % 2 == 0);
      Map<String, Long> words = words(random, 1 + random.nextInt(30));
      assertEquals(
          naive(request, words),
          shown(LearnedTokens.learn(request, counts(words), context(Workers.caller()))),
          "seed " + seed + ", text " + i);
    }
  }

  @Test
  void threadsChangeNothing() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Map<String, Long> words = words(new Random(seed), 6000);
    LearnedTokens.Request request =
        new LearnedTokens.Request("bpe", List.of("<unk>"), 600, 2, 1000, 0.999, "", true);
    List<String> alone =
        shown(LearnedTokens.learn(request, counts(words), context(Workers.caller())));
    for (int threads = 2; threads <= 5; threads += 3) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        assertEquals(alone, shown(LearnedTokens.learn(request, counts(words), context(pool))));
      }
    }
  }

  @Test
  void nothingIsMergedAcrossACharacterThatIsNotKept() {
    Map<String, Long> words = Map.of("azb", 50L, "aab", 60L);
    LearnedTokens.Request cut = new LearnedTokens.Request("bpe", List.of(), 4, 2, 2, 1, "", true);
    assertEquals(
        List.of("a", "b", "aa", "aab"),
        shown(LearnedTokens.learn(cut, counts(words), context(Workers.caller()))).subList(0, 4));
    // 60 times a and a, 60 times a and b; beside each other, 110 times a and b
    LearnedTokens.Request joined =
        new LearnedTokens.Request("wordpiece", List.of(), 4, 2, 2, 1, "", false);
    List<String> merges =
        shown(LearnedTokens.learn(joined, counts(words), context(Workers.caller())));
    assertEquals("ab", merges.get(2));
  }

  @Test
  void moreCharactersThanIdsAreRefused() {
    LearnedTokens.Request request =
        new LearnedTokens.Request("bpe", List.of("<s>"), 3, 1, 99, 1, "", true);
    String message =
        assertThrows(
                LlmException.class,
                () ->
                    LearnedTokens.learn(
                        request, counts(Map.of("abc", 1L)), context(Workers.caller())))
            .getMessage();
    assertTrue(message.contains("vocab-size of 4 or more expected"), message);
  }
}
