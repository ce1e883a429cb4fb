package io.github.llm4j.api.tokenizer;

import java.util.Optional;

/**
 * How texts become inputs of a model.
 *
 * @param specialTokens whether the special tokens are added that the model expects
 * @param truncation how inputs that are too long are cut; nothing is cut without
 * @param padding how inputs that are too short are filled up; nothing is without
 */
public record EncodingOptions(
    boolean specialTokens, Optional<Truncation> truncation, Optional<Padding> padding) {

  /** With special tokens, nothing cut, nothing filled up. */
  public static final EncodingOptions SPECIAL_TOKENS =
      new EncodingOptions(true, Optional.empty(), Optional.empty());

  /** The texts' tokens alone. */
  public static final EncodingOptions PLAIN =
      new EncodingOptions(false, Optional.empty(), Optional.empty());

  /** The same with a truncation. */
  public EncodingOptions with(Truncation truncation) {
    return new EncodingOptions(specialTokens, Optional.of(truncation), padding);
  }

  /** The same with padding. */
  public EncodingOptions with(Padding padding) {
    return new EncodingOptions(specialTokens, truncation, Optional.of(padding));
  }
}
