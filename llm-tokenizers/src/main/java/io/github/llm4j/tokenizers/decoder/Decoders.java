package io.github.llm4j.tokenizers.decoder;

import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.Optional;

/** Reads the decoders of a tokenizer.json. */
public final class Decoders {
  private Decoders() {}

  /**
   * Reads one; none if there is none.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged or of a type that isn't known
   */
  public static Optional<Decoder> read(JsonPart part) {
    return part.isPresent() ? Optional.of(new AsRead(one(part), part.json())) : Optional.empty();
  }

  static Decoder one(JsonPart part) {
    return switch (part.type(
        BpeDecoder.TYPE,
        ByteFallback.TYPE,
        ByteLevelDecoder.TYPE,
        CtcDecoder.TYPE,
        Fuse.TYPE,
        MetaspaceDecoder.TYPE,
        ReplaceDecoder.TYPE,
        DecoderSequence.TYPE,
        StripDecoder.TYPE,
        WordPieceDecoder.TYPE)) {
      case BpeDecoder.TYPE -> new BpeDecoder(part.get("suffix").text());
      case ByteFallback.TYPE -> new ByteFallback();
      case ByteLevelDecoder.TYPE -> ByteLevelDecoder.of(part);
      case CtcDecoder.TYPE -> CtcDecoder.of(part);
      case Fuse.TYPE -> new Fuse();
      case MetaspaceDecoder.TYPE -> MetaspaceDecoder.of(part);
      case ReplaceDecoder.TYPE -> ReplaceDecoder.of(part);
      case StripDecoder.TYPE -> StripDecoder.of(part);
      case WordPieceDecoder.TYPE -> WordPieceDecoder.of(part);
      default -> DecoderSequence.of(part);
    };
  }
}
