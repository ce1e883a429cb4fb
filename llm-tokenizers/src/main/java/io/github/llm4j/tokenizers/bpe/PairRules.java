package io.github.llm4j.tokenizers.bpe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.Optional;

/**
 * How words become symbols before they are merged, as the model of a tokenizer.json says.
 *
 * @param bytes whether symbols are bytes, which the file writes as letters; otherwise characters
 * @param unknown token of characters that the vocabulary lacks; without one they are refused
 * @param fuseUnknown whether neighbours among them are one token
 * @param byteFallback whether they become their bytes' tokens, {@code <0x0A>}, where there are such
 * @param prefix what the tokens of all characters but a word's first begin with
 * @param suffix what the token of a word's last character ends with
 * @param ignoreMerges whether a word that is a token is taken as it is
 */
public record PairRules(
    boolean bytes,
    Optional<String> unknown,
    boolean fuseUnknown,
    boolean byteFallback,
    Optional<String> prefix,
    Optional<String> suffix,
    boolean ignoreMerges) {

  /** Rules of a byte-level model, which knows every text. */
  public static PairRules ofBytes(boolean ignoreMerges) {
    return new PairRules(
        true, Optional.empty(), false, false, Optional.empty(), Optional.empty(), ignoreMerges);
  }

  /** The rules of a model; an empty prefix or suffix is none. */
  static PairRules read(JsonPart model, boolean bytes) {
    PairRules rules =
        new PairRules(
            bytes,
            text(model.get("unk_token")),
            model.get("fuse_unk").flag(false),
            model.get("byte_fallback").flag(false),
            text(model.get("continuing_subword_prefix")),
            text(model.get("end_of_word_suffix")),
            model.get("ignore_merges").flag(false));
    if (rules.byteFallback && (bytes || rules.hasAffixes())) {
      throw model
          .get("byte_fallback")
          .wrong(
              bytes
                  ? "false, as byte-level models have it,"
                  : "false, where there is a continuing_subword_prefix or an end_of_word_suffix,");
    }
    return rules;
  }

  private static Optional<String> text(JsonPart part) {
    return part.isPresent() ? Optional.of(part.text()) : Optional.empty();
  }

  /** Whether a character's token depends on its place in the word. */
  boolean hasAffixes() {
    return !prefix.orElse("").isEmpty() || !suffix.orElse("").isEmpty();
  }

  void write(ObjectNode json) {
    json.put("type", "BPE")
        .putNull("dropout")
        .put("unk_token", unknown.orElse(null))
        .put("continuing_subword_prefix", prefix.orElse(null))
        .put("end_of_word_suffix", suffix.orElse(null))
        .put("fuse_unk", fuseUnknown)
        .put("byte_fallback", byteFallback)
        .put("ignore_merges", ignoreMerges);
  }
}
