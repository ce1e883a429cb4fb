package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.bpe.WordCounts;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Learning: likelihood, sameness, and what can't be learned. */
class UnigramLearnerTest {
  private static final TokenizerContext.Progress UNWATCHED = (unit, done, total) -> true;

  private static WordCounts words(List<String> words) {
    WordCounts counts = new WordCounts();
    for (String word : words) {
      byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
      counts.add(utf8, 0, utf8.length, 1);
    }
    return counts;
  }

  /** Words of every tenth line of a text, or of the other ones. */
  private static List<String> botchan(boolean tenth) {
    List<String> lines =
        SharedData.text("data/tokenizers/sentencepiece/botchan.txt").lines().toList();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = Normalizer.normalize(lines.get(i), Normalizer.Form.NFKC).strip();
      if (i % 10 == 9 == tenth && !line.isEmpty()) {
        for (String word : line.split("\\s+")) {
          words.add("\u2581" + word);
        }
      }
    }
    return words;
  }

  /** Mean log-probability of words over all their segmentations. */
  private static double likelihood(UnigramLearner.Learned learned, LearnedWords words) {
    byte[][] pieces = new byte[learned.pieces().size()][];
    double[] scores = new double[pieces.length];
    double[] probabilities = new double[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = learned.pieces().get(i).getBytes(StandardCharsets.UTF_8);
      scores[i] = learned.scores()[i];
      probabilities[i] = Math.exp(scores[i]);
    }
    Lattice lattice = new Lattice(PieceSet.of(pieces, scores), probabilities);
    long[] unused = new long[pieces.length + 1];
    double sum = 0;
    for (int word = 0; word < words.chunk(words.chunks()); word++) {
      lattice.set(words.pool(), words.start(word), words.end(word));
      sum += words.count(word) * lattice.addShares(0, unused);
    }
    return sum / words.total();
  }

  /**
   * SentencePiece 0.1.97's spm_train with its defaults on the same nine tenths of the lines, whose
   * pieces give these figures in the same computation.
   */
  @Test
  void unseenTextIsAsProbableAsToSentencePiece() {
    WordCounts seen = words(botchan(false));
    LearnedWords unseen = new LearnedWords(words(botchan(true)));
    double[][] expected = {{1000, -10.64271}, {4000, -9.36852}};
    for (double[] known : expected) {
      int pieces = (int) known[0] - 3; // less <unk>, <s> and </s>
      UnigramLearner.Learned learned =
          UnigramLearner.learn(seen, UnigramTraining.of(pieces), Workers.caller(), UNWATCHED);
      assertEquals(pieces, learned.pieces().size());
      double likelihood = likelihood(learned, unseen);
      assertTrue(likelihood >= known[1], likelihood + " at " + known[0]);
    }
  }

  /** Threads that take parts as they come, each for itself. */
  private static Workers threads(int count) {
    return new Workers() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public void run(int parts, Part part) {
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < count; w++) {
          int worker = w;
          threads.add(
              Thread.ofPlatform()
                  .start(
                      () -> {
                        for (int i = worker; i < parts; i += count) {
                          part.run(i, worker);
                        }
                      }));
        }
        try {
          for (Thread thread : threads) {
            thread.join();
          }
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private static List<String> random(long seed) {
    Random random = new Random(seed);
    List<String> stems = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder stem = new StringBuilder();
      for (int l = 1 + random.nextInt(5); l >= 0; l--) {
        stem.appendCodePoint("abcdeäöß漢字か😀".codePointAt(random.nextInt(10)));
      }
      stems.add(stem.toString());
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      words.add(
          "\u2581"
              + stems.get((int) (300 * Math.pow(random.nextDouble(), 3)))
              + stems.get(random.nextInt(30)));
    }
    return words;
  }

  @Test
  void theResultIsTheSameOnAnyNumberOfThreadsAndInAnyOrder() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    List<String> words = random(seed);
    UnigramTraining training = UnigramTraining.of(150);
    UnigramLearner.Learned one =
        UnigramLearner.learn(words(words), training, Workers.caller(), UNWATCHED);
    for (int threads : new int[] {2, 5}) {
      Collections.shuffle(words, new Random(threads));
      UnigramLearner.Learned other =
          UnigramLearner.learn(words(words), training, threads(threads), UNWATCHED);
      assertEquals(one.pieces(), other.pieces(), "seed " + seed);
      assertArrayEquals(one.scores(), other.scores(), 0f, "seed " + seed);
      assertEquals(one.logarithm(), other.logarithm(), 0.0, "seed " + seed);
    }
    assertEquals(150, one.pieces().size());
    assertTrue(
        one.pieces().stream().noneMatch(p -> p.contains("a") && p.contains("漢")), "two scripts");
  }

  @Test
  void fewWordsGiveFewPiecesWithAllCharacters() {
    UnigramLearner.Learned learned =
        UnigramLearner.learn(
            words(List.of("\u2581ab", "\u2581ab", "\u2581cd")),
            UnigramTraining.of(100),
            Workers.caller(),
            UNWATCHED);
    assertTrue(learned.pieces().containsAll(List.of("a", "b", "c", "d", "\u2581")));
    assertTrue(learned.pieces().contains("\u2581ab"), learned.pieces().toString());
    assertTrue(learned.pieces().size() < 100);
  }

  @Test
  void wordsWithoutBlanksMayBeLong() {
    UnigramLearner.Learned learned =
        UnigramLearner.learn(
            words(List.of("漢字かな".repeat(5000), "a".repeat(30_000))),
            UnigramTraining.of(20),
            Workers.caller(),
            UNWATCHED);
    assertTrue(learned.pieces().contains("漢"), learned.pieces().toString());
  }

  @Test
  void whatCannotBeLearnedIsSaid() {
    WordCounts none = new WordCounts();
    UnigramTraining training = UnigramTraining.of(3);
    assertThrows(
        LlmException.class,
        () -> UnigramLearner.learn(none, training, Workers.caller(), UNWATCHED));
    WordCounts some = words(List.of("\u2581abcd"));
    LlmException e =
        assertThrows(
            LlmException.class,
            () -> UnigramLearner.learn(some, training, Workers.caller(), UNWATCHED));
    assertTrue(String.valueOf(e.getMessage()).contains("5 characters"), e.getMessage());
    assertThrows(
        CancellationException.class,
        () ->
            UnigramLearner.learn(
                some, UnigramTraining.of(9), Workers.caller(), (unit, done, total) -> false));
    assertThrows(IllegalArgumentException.class, () -> UnigramTraining.of(0));
  }
}
