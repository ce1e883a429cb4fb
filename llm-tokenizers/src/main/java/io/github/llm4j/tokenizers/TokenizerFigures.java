package io.github.llm4j.tokenizers;

import io.github.llm4j.api.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a tokenizer makes of a text.
 *
 * @param vocabSize number of its ids (V)
 * @param tokens number of the text's ids
 * @param tokensPerWord ids for each stretch between blanks (fertility); 0 without words
 * @param bytesPerToken bytes of UTF-8 for each id; 0 without ids
 * @param unknownShare share of ids that stand for what isn't known, 0 to 1
 * @param roundTrip whether decoding gives the text again
 * @param megabytesPerSecond encoding on this thread, median of several passes
 */
public record TokenizerFigures(
    int vocabSize,
    long tokens,
    double tokensPerWord,
    double bytesPerToken,
    double unknownShare,
    boolean roundTrip,
    double megabytesPerSecond) {
  private static final Set<String> UNKNOWN = Set.of("<unk>", "[unk]", "<|unk|>", "unk");
  private static final double MEASURED_NANOS = 1e9;
  private static final int MOST_PASSES = 100;

  /**
   * Encodes a text as often as a second allows, three times at least.
   *
   * @throws io.github.llm4j.api.error.LlmException if the tokenizer can't express it
   */
  public static TokenizerFigures of(Tokenizer tokenizer, String text) {
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    int[] ids = tokenizer.encode(text);
    long words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
    Set<Integer> unknown = new HashSet<>();
    for (Map.Entry<String, Integer> special : tokenizer.specialTokens().entrySet()) {
      if (UNKNOWN.contains(special.getKey().toLowerCase(Locale.ROOT))) {
        unknown.add(special.getValue());
      }
    }
    return new TokenizerFigures(
        tokenizer.vocabSize(),
        ids.length,
        words == 0 ? 0 : (double) ids.length / words,
        ids.length == 0 ? 0 : (double) bytes / ids.length,
        ids.length == 0
            ? 0
            : (double) Arrays.stream(ids).filter(unknown::contains).count() / ids.length,
        tokenizer.decode(ids).equals(text),
        rate(tokenizer, text, bytes));
  }

  private static double rate(Tokenizer tokenizer, String text, long bytes) {
    double[] rates = new double[MOST_PASSES];
    int passes = 0;
    long begin = System.nanoTime();
    while (passes < 3 || passes < MOST_PASSES && System.nanoTime() - begin < MEASURED_NANOS) {
      long start = System.nanoTime();
      tokenizer.encode(text);
      rates[passes++] = bytes * 1e3 / Math.max(1, System.nanoTime() - start);
    }
    double[] sorted = Arrays.copyOf(rates, passes);
    Arrays.sort(sorted);
    return sorted[passes / 2];
  }
}
