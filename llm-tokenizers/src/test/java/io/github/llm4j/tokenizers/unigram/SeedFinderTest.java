package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.tokenizers.bpe.WordCounts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Seeds against all stretches of all words. */
class SeedFinderTest {
  private static final String[] LETTERS = {"a", "b", "c", "ä", "1", "😀", "é"};

  private static Map<String, Long> found(Map<String, Long> words, int longest, int most) {
    WordCounts counts = new WordCounts();
    words.forEach(
        (word, count) -> {
          byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
          counts.add(bytes, 0, bytes.length, count);
        });
    LearnedWords learned = new LearnedWords(counts);
    SeedPieces seeds =
        SeedFinder.find(
            learned, longest, new PieceScript(true), c -> c != 'é', most, Workers.caller());
    Map<String, Long> found = new TreeMap<>();
    for (int i = 0; i < seeds.size(); i++) {
      String piece =
          new String(learned.pool(), seeds.from(i), seeds.bytes(i), StandardCharsets.UTF_8);
      assertNull(found.put(piece, seeds.covered(i)), piece + " twice");
    }
    return found;
  }

  private static Map<String, Long> expected(Map<String, Long> words, int longest) {
    Map<String, Long> counts = new HashMap<>();
    Map<String, Set<Integer>> next = new HashMap<>();
    words.forEach(
        (word, count) -> {
          int[] letters = word.codePoints().toArray();
          for (int from = 0; from < letters.length; from++) {
            for (int to = from + 2; to <= Math.min(letters.length, from + longest); to++) {
              String piece = new String(letters, from, to - from);
              counts.merge(piece, count, Long::sum);
              next.computeIfAbsent(piece, p -> new HashSet<>())
                  .add(to == letters.length ? 0 : letters[to]);
            }
          }
        });
    Map<String, Long> expected = new TreeMap<>();
    counts.forEach(
        (piece, count) -> {
          Set<Integer> behind = next.getOrDefault(piece, Set.of());
          boolean parts = behind.size() > 1 || behind.contains(0);
          boolean letters = piece.matches("\u2581?([abcä]+|[1😀]+)");
          if (count > 1 && parts && letters) {
            expected.put(piece, count * piece.codePointCount(0, piece.length()));
          }
        });
    return expected;
  }

  @Test
  void seedsAreTheStretchesThatBranch() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      Map<String, Long> words = new HashMap<>();
      for (int w = random.nextInt(30); w >= 0; w--) {
        StringBuilder word = new StringBuilder(random.nextBoolean() ? "\u2581" : "");
        for (int l = random.nextInt(9); l >= 0; l--) {
          word.append(LETTERS[random.nextInt(random.nextInt(3) == 0 ? LETTERS.length : 2)]);
        }
        words.put(word.toString(), 1L + random.nextInt(3));
      }
      int longest = 2 + random.nextInt(7);
      assertEquals(expected(words, longest), found(words, longest, 1 << 20), "seed " + seed);
    }
  }

  @Test
  void ofTooManyTheOnesThatCoverMostAreKept() {
    Random random = new Random(5);
    Map<String, Long> words = new HashMap<>();
    for (int w = 0; w < 400; w++) {
      StringBuilder word = new StringBuilder();
      for (int l = 0; l < 8; l++) {
        word.append((char) ('a' + random.nextInt(3)));
      }
      words.put(word.toString(), 1L + random.nextInt(5));
    }
    Map<String, Long> all = expected(words, 8);
    Map<String, Long> kept = found(words, 8, 50);
    long least = kept.values().stream().mapToLong(l -> l).min().orElseThrow();
    assertEquals(50, kept.size());
    kept.forEach((piece, covered) -> assertEquals(all.get(piece), covered, piece));
    assertTrue(
        all.values().stream().filter(c -> c > least).count() < 50, "better ones are missing");
  }
}
