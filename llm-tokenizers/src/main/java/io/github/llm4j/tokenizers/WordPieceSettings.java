package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;
import java.util.List;

/**
 * Settings of WordPiece that is learned from the training texts.
 *
 * @param vocabSize number of ids (V): special tokens, characters, merges
 * @param lowercase whether texts are lower-cased and lose their accents
 * @param specialTokens texts that are one token each and part what stands around them
 * @param minCount how often a pair must occur to become a token
 * @param characters number of different characters that are kept
 */
@Doc(
    "WordPiece as BERT has it, learned from the training texts; words of other characters are"
        + " unknown.")
public record WordPieceSettings(
    @Doc("Number of ids: special tokens, characters, and a merge for each other one.")
        @Default("8192")
        int vocabSize,
    @Doc("Whether texts are lower-cased and lose their accents.") @Default("true")
        boolean lowercase,
    @Doc(
            "Texts that are one token each and part what stands around them; [UNK] stands for words"
                + " that are unknown.")
        @Default("[\"[PAD]\", \"[UNK]\", \"[CLS]\", \"[SEP]\", \"[MASK]\"]")
        List<String> specialTokens,
    @Doc("How often a pair must occur in the training texts to become a token.") @Default("2")
        long minCount,
    @Doc("Number of different characters that are kept, the most frequent ones.") @Default("1000")
        int characters) {

  /** Checks sizes and special tokens. */
  public WordPieceSettings {
    specialTokens = List.copyOf(specialTokens);
    Training.checkSize(
        vocabSize,
        specialTokens.size() + 1,
        "%d special tokens and a character".formatted(specialTokens.size()));
    Training.check(specialTokens, minCount);
    if (!specialTokens.contains(WordPieceProvider.UNKNOWN)) {
      throw new SettingsException(
          "special-tokens",
          "\"%s\" among them expected, found %s."
              .formatted(WordPieceProvider.UNKNOWN, specialTokens));
    }
    if (characters < 1) {
      throw new SettingsException(
          "characters", "1 or more expected, found %d.".formatted(characters));
    }
  }
}
