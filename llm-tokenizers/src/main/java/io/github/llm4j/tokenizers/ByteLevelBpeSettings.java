package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Settings of byte-level BPE that is learned from the training texts.
 *
 * @param vocabSize number of ids (V): special tokens, 256 bytes, merges
 * @param specialTokens texts that are one token each and part what stands around them
 * @param minCount how often a pair must occur to become a token
 */
@Doc("Byte-level BPE as GPT-2 has it, learned from the training texts; knows every text.")
public record ByteLevelBpeSettings(
    @Doc("Number of ids: special tokens, 256 bytes, and a merge for each other one.")
        @Default("8192")
        int vocabSize,
    @Doc("Texts that are one token each and part what stands around them.")
        @Default("[\"<|endoftext|>\"]")
        List<String> specialTokens,
    @Doc("How often a pair must occur in the training texts to become a token.") @Default("2")
        long minCount) {
  private static final int MOST = 1 << 24;

  /** Checks sizes and special tokens. */
  public ByteLevelBpeSettings {
    specialTokens = List.copyOf(specialTokens);
    int least = 256 + specialTokens.size();
    if (vocabSize < least || vocabSize > MOST) {
      throw new SettingsException(
          "vocab-size",
          "from %,d (256 bytes and %d special tokens) to %,d expected, found %,d."
              .formatted(least, specialTokens.size(), MOST, vocabSize));
    }
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
}
