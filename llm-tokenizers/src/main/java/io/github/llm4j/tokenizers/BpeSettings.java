package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;
import java.util.List;

/**
 * Settings of BPE over characters that is learned from the training texts.
 *
 * @param vocabSize number of ids (V): special tokens, bytes to fall back to, characters, merges
 * @param specialTokens texts that are one token each and part what stands around them
 * @param minCount how often a pair must occur to become a token
 * @param characterCoverage share of the texts' characters that are tokens of their own
 * @param byteFallback whether other characters become their bytes; otherwise they are unknown
 */
@Doc(
    "BPE over characters as Llama 2 has it, learned from the training texts; knows every text by"
        + " falling back to bytes.")
public record BpeSettings(
    @Doc(
            "Number of ids: special tokens, 256 bytes to fall back to, characters, and a merge for"
                + " each other one.")
        @Default("8192")
        int vocabSize,
    @Doc("Texts that are one token each and part what stands around them.")
        @Default("[\"<unk>\", \"<s>\", \"</s>\"]")
        List<String> specialTokens,
    @Doc("How often a pair must occur in the training texts to become a token.") @Default("2")
        long minCount,
    @Doc(
            "Share of the training texts' characters that are tokens of their own, the most"
                + " frequent ones first.")
        @Default("0.9995")
        double characterCoverage,
    @Doc("Whether other characters become the tokens of their bytes; otherwise they are unknown.")
        @Default("true")
        boolean byteFallback) {

  /** Checks sizes and special tokens. */
  public BpeSettings {
    specialTokens = List.copyOf(specialTokens);
    int least = (byteFallback ? 257 : 1) + specialTokens.size();
    Training.checkSize(
        vocabSize,
        least,
        "%s%d special tokens and a character"
            .formatted(byteFallback ? "256 bytes, " : "", specialTokens.size()));
    Training.check(specialTokens, minCount);
    if (!(characterCoverage > 0 && characterCoverage <= 1)) {
      throw new SettingsException(
          "character-coverage",
          "above 0, at most 1 expected, found %s.".formatted(characterCoverage));
    }
    if (!byteFallback && !specialTokens.contains(BpeProvider.UNKNOWN)) {
      throw new SettingsException(
          "special-tokens",
          "\"%s\" among them expected, as byte-fallback is false, found %s."
              .formatted(BpeProvider.UNKNOWN, specialTokens));
    }
  }
}
