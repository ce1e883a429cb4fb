package io.github.llm4j.tokenizers.unigram;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.tokenizers.bpe.WordCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Learns a unigram model from counted words: from many seed pieces, expectation-maximization and
 * taking out the pieces that are needed least, in turn, until few enough are left (Kudo 2018,
 * section 3.2; Bayesian as in Liang and Klein 2007: counts through exp(digamma), which makes the
 * rare ones rarer). The result depends on the counts and nothing else.
 */
public final class UnigramLearner {
  /** More pieces than wanted are left to the last step, which keeps the most probable. */
  private static final double OVERSIZE = 1.1;

  /** A piece that is expected less often goes. */
  private static final double LEAST_COUNT = 0.5;

  /** Between required characters that have no score of their own, so that no two are equal. */
  private static final double SCORE_STEP = 0.0001;

  private final LearnedWords words;
  private final UnigramTraining training;
  private final Workers workers;
  private final TokenizerContext.Progress progress;
  private final ExpectedCounts counts;
  private final RequiredCharacters required;

  /**
   * What was learned: pieces from the most probable on.
   *
   * @param pieces with U+2581 for blanks
   * @param scores their log-probabilities
   * @param logarithm log-likelihood of the words in the last iteration
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over
  public record Learned(List<String> pieces, float[] scores, double logarithm) {}

  private UnigramLearner(
      WordCounts counted,
      UnigramTraining training,
      Workers workers,
      TokenizerContext.Progress progress) {
    this.words = new LearnedWords(counted);
    this.training = training;
    this.workers = workers;
    this.progress = progress;
    this.counts = new ExpectedCounts(words, workers);
    this.required = RequiredCharacters.of(words, training.coverage());
  }

  /**
   * Learns. Few different words may give fewer pieces than wanted.
   *
   * @param counted how often each word occurs; a word begins with U+2581 where a blank was
   * @throws LlmException if there are no words, or more characters that must be pieces than pieces
   * @throws CancellationException if the progress says so
   */
  public static Learned learn(
      WordCounts counted,
      UnigramTraining training,
      Workers workers,
      TokenizerContext.Progress progress) {
    if (counted.size() == 0) {
      throw new LlmException(
          ErrorKind.USER, "tokenizer: training text expected, found none. Name a text with words.");
    }
    return new UnigramLearner(counted, training, workers, progress).learn();
  }

  private Learned learn() {
    if (required.size() > training.pieces()) {
      throw new LlmException(
          ErrorKind.USER,
          ("tokenizer: room for the %,d characters of the training text expected, found %,d pieces."
                  + " Ask for more pieces, or a smaller coverage.")
              .formatted(required.size(), training.pieces()));
    }
    PieceSet set = seeds();
    int enough = (int) (training.pieces() * OVERSIZE);
    double logarithm;
    while (true) {
      for (int i = 0; i < training.iterations(); i++) {
        report(set);
        set = maximized(set, counts.expected(set));
      }
      logarithm = counts.logarithm();
      if (set.size() <= enough) {
        break;
      }
      report(set);
      int size = Math.max(enough, (int) (training.shrinking() * set.size()));
      PieceSet pruned = Pruning.prune(set, counts.best(set), words.total(), size, workers);
      if (pruned.size() == set.size()) {
        break; // none can go: the last step takes the most probable
      }
      set = pruned;
    }
    report(set);
    return finished(set, logarithm);
  }

  private void report(PieceSet set) {
    if (!progress.learned("pieces left", set.size(), training.pieces())) {
      throw new CancellationException("tokenizer: learning was ended");
    }
  }

  /** Required characters, and stretches of words by how many characters they cover. */
  private PieceSet seeds() {
    SeedPieces found =
        SeedFinder.find(
            words,
            training.longest(),
            new PieceScript(training.oneScript()),
            required::has,
            training.seeds(),
            workers);
    int characters = required.size();
    byte[][] pieces = new byte[characters + found.size()][];
    double[] scores = new double[pieces.length];
    double sum = 0;
    for (int i = 0; i < pieces.length; i++) {
      if (i < characters) {
        pieces[i] = required.piece(i);
        scores[i] = required.count(i);
      } else {
        int from = found.from(i - characters);
        pieces[i] = Arrays.copyOfRange(words.pool(), from, from + found.bytes(i - characters));
        scores[i] = found.covered(i - characters);
      }
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = StrictMath.log(scores[i]) - StrictMath.log(sum);
    }
    return PieceSet.of(pieces, scores);
  }

  /** The M step: pieces that are expected often enough, with new scores. */
  private static PieceSet maximized(PieceSet set, double[] expected) {
    byte[][] pieces = new byte[set.size()][];
    double[] scores = new double[set.size()];
    int size = 0;
    double sum = 0;
    for (int id = 0; id < expected.length; id++) {
      if (expected[id] >= LEAST_COUNT) {
        pieces[size] = set.pieces()[id];
        scores[size++] = expected[id];
        sum += expected[id];
      }
    }
    double logarithm = Digamma.of(sum);
    for (int i = 0; i < size; i++) {
      scores[i] = Digamma.of(scores[i]) - logarithm;
    }
    return PieceSet.of(Arrays.copyOf(pieces, size), Arrays.copyOf(scores, size));
  }

  /** Required characters, then the most probable pieces, in the order of their scores. */
  private Learned finished(PieceSet set, double logarithm) {
    List<byte[]> pieces = new ArrayList<>();
    double[] scores = new double[required.size() + set.size()];
    BitSet taken = new BitSet();
    double penalty = 0;
    for (int i = 0; i < required.size(); i++) {
      byte[] character = required.piece(i);
      int id = set.trie().find(character, 0, character.length);
      scores[pieces.size()] = id < 0 ? set.least() + penalty : set.scores()[id];
      penalty += id < 0 ? SCORE_STEP : 0;
      if (id >= 0) {
        taken.set(id);
      }
      pieces.add(character);
    }
    for (int id : byScore(set.pieces(), set.scores(), set.size())) {
      if (!taken.get(id) && pieces.size() < training.pieces()) {
        scores[pieces.size()] = set.scores()[id];
        pieces.add(set.pieces()[id]);
      }
    }
    byte[][] bytes = pieces.toArray(byte[][]::new);
    List<String> sorted = new ArrayList<>();
    float[] sortedScores = new float[bytes.length];
    for (int id : byScore(bytes, scores, bytes.length)) {
      sortedScores[sorted.size()] = (float) scores[id];
      sorted.add(new String(bytes[id], StandardCharsets.UTF_8));
    }
    return new Learned(sorted, sortedScores, logarithm);
  }

  private static int[] byScore(byte[][] pieces, double[] scores, int size) {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> {
          int difference = Double.compare(scores[b], scores[a]);
          return difference != 0 ? difference : Arrays.compareUnsigned(pieces[a], pieces[b]);
        });
    return Arrays.stream(order).mapToInt(i -> i).toArray();
  }
}
