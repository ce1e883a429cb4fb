package io.github.llm4j.tokenizers.normalizer;

import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Normalizer;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the normalizers of a tokenizer.json. */
public final class Normalizers {
  private static final String[] TYPES =
      Stream.concat(
              Stream.of(
                  Sequence.TYPE,
                  BertNormalizer.TYPE,
                  Lowercase.TYPE,
                  StripAccents.TYPE,
                  Strip.TYPE,
                  Replace.TYPE,
                  Prepend.TYPE,
                  Precompiled.TYPE,
                  Nmt.TYPE,
                  ByteLevel.TYPE),
              Stream.of(UnicodeForm.TYPES))
          .toArray(String[]::new);

  private Normalizers() {}

  /**
   * Reads one; none if there is none.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged or of a type that isn't known
   */
  public static Optional<Normalizer> read(JsonPart part) {
    return part.isPresent() ? Optional.of(step(part)) : Optional.empty();
  }

  static Step step(JsonPart part) {
    String type = part.type(TYPES);
    return switch (type) {
      case Sequence.TYPE -> Sequence.of(part);
      case BertNormalizer.TYPE -> BertNormalizer.of(part);
      case Lowercase.TYPE -> new Lowercase();
      case StripAccents.TYPE -> new StripAccents();
      case Strip.TYPE -> Strip.of(part);
      case Replace.TYPE -> Replace.of(part);
      case Prepend.TYPE -> Prepend.of(part);
      case Precompiled.TYPE ->
          part.get(LongestRules.KEY).flag(false) ? LongestRules.of(part) : Precompiled.of(part);
      case Nmt.TYPE -> new Nmt();
      case ByteLevel.TYPE -> new ByteLevel();
      default -> new UnicodeForm(type);
    };
  }

  /** True or false, which must be said. */
  static boolean flag(JsonPart part, String key) {
    JsonPart flag = part.get(key);
    if (!flag.isPresent()) {
      throw flag.wrong("true or false");
    }
    return flag.flag(false);
  }

  /** A text without half characters. */
  static String whole(JsonPart part) {
    String text = part.text();
    if (text.codePoints().anyMatch(Surrogates::isSurrogate)) {
      throw part.wrong("a text of whole characters");
    }
    return text;
  }
}
