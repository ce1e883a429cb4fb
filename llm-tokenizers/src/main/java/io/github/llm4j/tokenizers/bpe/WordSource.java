package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.tokenizers.pipeline.Borders;
import io.github.llm4j.tokenizers.pipeline.Normalizer;
import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import io.github.llm4j.tokenizers.pipeline.Stage;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How the texts that are learned from become words.
 *
 * @param normalizer changes them first
 * @param cut makes a stage that hands on a normalized text word by word
 * @param borders where a text may be parted with the words of the whole
 */
public record WordSource(
    Optional<Normalizer> normalizer, UnaryOperator<Stage> cut, Borders borders) {

  /** Words as a pre-tokenizer cuts them. */
  public static WordSource of(Optional<Normalizer> normalizer, PreTokenizer cut) {
    return new WordSource(
        normalizer, next -> cut.open(false, next), new Borders(normalizer, cut::alwaysParts));
  }

  /** A stage that takes whole texts. */
  Stage open(Stage words) {
    Stage cutter = cut.apply(words);
    return normalizer.isPresent() ? normalizer.get().open(false, cutter) : cutter;
  }
}
