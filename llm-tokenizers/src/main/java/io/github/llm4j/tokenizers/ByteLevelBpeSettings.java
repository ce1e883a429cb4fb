package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import java.util.List;

/**
 * Settings of byte-level BPE that is learned from the training texts.
 *
 * @param vocabSize number of ids (V): special tokens, 256 bytes, merges
 * @param specialTokens texts that are one token each and part what stands around them
 * @param minCount how often a pair must occur to become a token
 */
@Doc(
    "Byte-level BPE as GPT-2 has it, learned from the training texts; knows every text, and "
        + "each comes back from its ids unchanged.")
public record ByteLevelBpeSettings(
    @Doc("Number of ids: special tokens, 256 bytes, and a merge for each other one.")
        @Default("8192")
        int vocabSize,
    @Doc("Texts that are one token each and part what stands around them.")
        @Default("[\"<|endoftext|>\"]")
        List<String> specialTokens,
    @Doc("How often a pair must occur in the training texts to become a token.") @Default("2")
        long minCount) {
  /** Checks sizes and special tokens. */
  public ByteLevelBpeSettings {
    specialTokens = List.copyOf(specialTokens);
    Training.checkSize(
        vocabSize,
        256 + specialTokens.size(),
        "256 bytes and %d special tokens".formatted(specialTokens.size()));
    Training.check(specialTokens, minCount);
  }
}
