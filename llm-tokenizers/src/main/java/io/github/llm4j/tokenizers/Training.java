package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.tokenizers.bpe.WordCounter;
import io.github.llm4j.tokenizers.bpe.WordCounts;
import io.github.llm4j.tokenizers.bpe.WordSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What all tokenizers that learn merges have in common. */
final class Training {
  /** The most ids that a vocabulary may have. */
  static final int MOST_IDS = 1 << 24;

  private static final Logger LOG = System.getLogger(Training.class.getName());

  private Training() {}

  /** Refuses settings that no tokenizer can learn with. */
  static void check(List<String> specialTokens, long minCount) {
    Set<String> seen = new HashSet<>();
    for (String token : specialTokens) {
      if (token.isEmpty() || !seen.add(token)) {
        throw new SettingsException(
            "special-tokens",
            "texts that differ and aren't empty expected, found \"%s\"%s."
                .formatted(token, token.isEmpty() ? "" : " twice"));
      }
    }
    if (minCount < 1) {
      throw new SettingsException("min-count", "1 or more expected, found %d.".formatted(minCount));
    }
  }

  /** Refuses sizes that can't be. */
  static void checkSize(int vocabSize, int least, String of) {
    if (vocabSize < least || vocabSize > MOST_IDS) {
      throw new SettingsException(
          "vocab-size",
          "from %,d (%s) to %,d expected, found %,d.".formatted(least, of, MOST_IDS, vocabSize));
    }
  }

  /**
   * Counts the words of the training texts.
   *
   * @throws LlmException if they are empty or hold half a surrogate pair
   */
  static WordCounts words(
      String tokenizer, WordSource source, List<String> special, TokenizerContext context) {
    WordCounts words;
    try {
      words = WordCounter.count(tokenizer, source, special, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (words.size() == 0) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer '%s': training text expected to learn merges from, found %s. Name a text in data.train."
              .formatted(tokenizer, context.texts().isEmpty() ? "none" : "empty text"));
    }
    return words;
  }

  /** Says so if a vocabulary became smaller than it was wanted. */
  static void report(int vocabSize, int wanted, long minCount) {
    if (vocabSize < wanted) {
      LOG.log(
          Logger.Level.WARNING,
          "tokenizer: the training text gives {0,number} ids, not the {1,number} of vocab-size: no"
              + " other pair of tokens occurs {2,number} times. The vocabulary is that much"
              + " smaller.",
          vocabSize,
          wanted,
          minCount);
    }
  }
}
