package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.random.Philox;
import java.util.Arrays;

/**
 * Draws the next token from logits: {@code p = softmax(logits / temperature)} over the tokens that
 * top-k, then top-p leave.
 *
 * <p>Numerics: in double with {@link StrictMath}; the draw of token i is a function of (seed, i),
 * so a text depends on its seed alone. Equal logits are ordered by id.
 *
 * <p>Holtzman et al. 2019, arXiv:1904.09751, section 3.1 (top-p); Fan et al. 2018,
 * arXiv:1805.04833, section 5.1 (top-k).
 */
final class Sampler {
  private static final int KEY = Philox.key("generation/token");

  private final GenerationSettings settings;

  Sampler(GenerationSettings settings) {
    this.settings = settings;
  }

  /**
   * The next token.
   *
   * @param logits one for each id
   * @param index how many tokens have been drawn before
   */
  int next(float[] logits, int index) {
    int best = best(logits);
    if (settings.temperature() == 0) {
      return best;
    }
    int k = settings.topK() == 0 ? logits.length : Math.min(settings.topK(), logits.length);
    int[] ids = k < logits.length || settings.topP() < 1 ? likeliest(logits, k) : all(logits);
    double[] sums = new double[ids.length];
    double total = 0;
    for (int i = 0; i < ids.length; i++) {
      double distance = (double) logits[ids[i]] - logits[best];
      total += StrictMath.exp(distance / settings.temperature());
      sums[i] = total;
    }
    int kept = kept(sums, total);
    double goal = uniform(index) * sums[kept - 1];
    int at = 0;
    while (at < kept - 1 && sums[at] <= goal) {
      at++;
    }
    return ids[at];
  }

  /** Number of tokens, likeliest first, until their sum reaches top-p. */
  private int kept(double[] sums, double total) {
    int kept = sums.length;
    if (settings.topP() < 1) {
      kept = 1;
      while (kept < sums.length && sums[kept - 1] < settings.topP() * total) {
        kept++;
      }
    }
    return kept;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int id = 0; id < logits.length; id++) {
      if (Float.isNaN(logits[id]) || logits[id] == Float.POSITIVE_INFINITY) {
        throw new LlmException(
            ErrorKind.USER,
            "model: finite logits expected, found %s for token %d. Its weights are damaged; take an"
                    .formatted(logits[id], id)
                + " earlier checkpoint.");
      }
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    if (logits[best] == Float.NEGATIVE_INFINITY) {
      throw new LlmException(
          ErrorKind.USER,
          "model: finite logits expected, found -Infinity for all tokens. Its weights are damaged;"
              + " take an earlier checkpoint.");
    }
    return best;
  }

  private static int[] all(float[] logits) {
    int[] ids = new int[logits.length];
    Arrays.setAll(ids, i -> i);
    return ids;
  }

  /** Ids of the k greatest logits, greatest first. */
  private static int[] likeliest(float[] logits, int k) {
    long[] keys = new long[logits.length];
    for (int id = 0; id < keys.length; id++) {
      int bits = Float.floatToIntBits(logits[id] + 0f); // -0 counts as 0
      int ascending = bits < 0 ? bits ^ 0x7FFFFFFF : bits; // ordered as the floats are
      keys[id] = ((long) ~ascending << 32) | id;
    }
    Arrays.sort(keys);
    int[] ids = new int[k];
    Arrays.setAll(ids, i -> (int) keys[i]);
    return ids;
  }

  /** Uniform in [0, 1) with 53 bits. */
  private double uniform(int index) {
    long high = Philox.word(settings.seed(), KEY, 0, 0, 2L * index) & 0xFFFFFFFFL;
    long low = Philox.word(settings.seed(), KEY, 0, 0, 2L * index + 1) & 0xFFFFFFFFL;
    return ((high << 21) ^ (low >>> 11)) * 0x1.0p-53;
  }
}
