package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import java.util.Optional;

/** Reads the pre-tokenizers of a tokenizer.json. */
public final class PreTokenizers {
  private static final String[] TYPES = {
    BertWords.TYPE,
    ByteLevel.TYPE,
    CharDelimiterSplit.TYPE,
    Digits.TYPE,
    FixedLength.TYPE,
    Metaspace.TYPE,
    Punctuation.TYPE,
    Sequence.TYPE,
    Split.TYPE,
    UnicodeScripts.TYPE,
    Whitespace.TYPE,
    WhitespaceSplit.TYPE
  };

  private PreTokenizers() {}

  /**
   * Reads one; none if there is none.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged or of a type that isn't known
   */
  public static Optional<PreTokenizer> read(JsonPart part) {
    return part.isPresent() ? Optional.of(cutter(part)) : Optional.empty();
  }

  static Cutter cutter(JsonPart part) {
    return switch (part.type(TYPES)) {
      case BertWords.TYPE -> new BertWords();
      case ByteLevel.TYPE -> ByteLevel.of(part);
      case CharDelimiterSplit.TYPE -> CharDelimiterSplit.of(part);
      case Digits.TYPE -> Digits.of(part);
      case FixedLength.TYPE -> FixedLength.of(part);
      case Metaspace.TYPE -> Metaspace.of(part);
      case Punctuation.TYPE -> Punctuation.of(part);
      case Sequence.TYPE -> Sequence.of(part);
      case Split.TYPE -> Split.of(part);
      case UnicodeScripts.TYPE -> new UnicodeScripts();
      case Whitespace.TYPE -> new Whitespace();
      default -> new WhitespaceSplit();
    };
  }
}
