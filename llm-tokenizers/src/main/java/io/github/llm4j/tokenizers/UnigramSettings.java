package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;
import java.util.List;

/**
 * Settings of a unigram model that is learned from the training texts.
 *
 * @param vocabSize number of ids (V): special tokens, the unknown one, 256 bytes, pieces
 * @param specialTokens texts that are one token each and part what stands around them
 * @param coverage share of the texts' characters that must be pieces; others become their bytes
 */
@Doc("A unigram model with SentencePiece's training, learned from the texts; knows every text.")
public record UnigramSettings(
    @Doc("Number of ids: special tokens, the unknown one, 256 bytes, and pieces.") @Default("8192")
        int vocabSize,
    @Doc("Texts that are one token each and part what stands around them.")
        @Default("[\"<|endoftext|>\"]")
        List<String> specialTokens,
    @Doc("Share of the texts' characters that must be pieces; others become their bytes.")
        @Default("0.9995")
        double coverage) {
  /** Checks sizes and special tokens. */
  public UnigramSettings {
    specialTokens = List.copyOf(specialTokens);
    Training.checkSize(
        vocabSize,
        specialTokens.size() + 258,
        "256 bytes, the unknown token, %d special ones and a piece"
            .formatted(specialTokens.size()));
    Training.check(specialTokens, 1);
    if (!(coverage > 0 && coverage <= 1)) {
      throw new SettingsException(
          "coverage", "a share above 0, up to 1, expected, found %s.".formatted(coverage));
    }
  }
}
