package io.github.llm4j.tokenizers.frame;

import io.github.llm4j.api.tokenizer.EncodingOptions;
import io.github.llm4j.api.tokenizer.Padding;
import io.github.llm4j.api.tokenizer.Side;
import io.github.llm4j.api.tokenizer.Truncation;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.Framing;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.Optional;

/** Reads the frame of a tokenizer.json. */
public final class FrameFile {
  private FrameFile() {}

  /**
   * Reads it.
   *
   * @throws io.github.llm4j.api.error.LlmException if a part is damaged or of a type that isn't
   *     known
   */
  public static Frame read(JsonPart root) {
    JsonPart post = root.get("post_processor");
    return new Frame(
        root.get("truncation").orNull(),
        root.get("padding").orNull(),
        post.orNull(),
        post.isPresent() ? framing(post) : Optional.empty(),
        new EncodingOptions(
            true, truncation(root.get("truncation")), padding(root.get("padding"))));
  }

  /** A post-processor; none if it changes nothing. */
  static Optional<Framing> framing(JsonPart part) {
    return switch (part.type(
        TrimOffsets.TYPE,
        TemplateProcessing.TYPE,
        RobertaProcessing.TYPE,
        BertProcessing.TYPE,
        FramingSequence.TYPE)) {
      case TrimOffsets.TYPE -> TrimOffsets.of(part).map(trim -> trim);
      case TemplateProcessing.TYPE -> Optional.of(TemplateProcessing.of(part));
      case RobertaProcessing.TYPE -> Optional.of(RobertaProcessing.of(part));
      case BertProcessing.TYPE -> Optional.of(BertProcessing.of(part));
      default -> Optional.of(FramingSequence.of(part));
    };
  }

  private static Optional<Truncation> truncation(JsonPart part) {
    if (!part.isPresent()) {
      return Optional.empty();
    }
    JsonPart strategy = part.get("strategy");
    return Optional.of(
        new Truncation(
            part.get("max_length").size(),
            switch (strategy.text()) {
              case "LongestFirst" -> Truncation.Strategy.LONGEST_FIRST;
              case "OnlyFirst" -> Truncation.Strategy.ONLY_FIRST;
              case "OnlySecond" -> Truncation.Strategy.ONLY_SECOND;
              default -> throw strategy.wrong("LongestFirst, OnlyFirst or OnlySecond");
            },
            part.get("stride").size(),
            side(part.get("direction")),
            false));
  }

  private static Optional<Padding> padding(JsonPart part) {
    if (!part.isPresent()) {
      return Optional.empty();
    }
    JsonPart strategy = part.get("strategy");
    JsonPart multiple = part.get("pad_to_multiple_of");
    boolean longest = strategy.json().asText().equals("BatchLongest");
    return Optional.of(
        new Padding(
            longest ? Padding.LONGEST : strategy.get("Fixed").size(),
            multiple.isPresent() ? multiple.size() : 0,
            side(part.get("direction")),
            part.get("pad_id").id(),
            part.get("pad_type_id").size()));
  }

  private static Side side(JsonPart part) {
    return switch (part.textOrEmpty()) {
      case "Left" -> Side.LEFT;
      case "Right", "" -> Side.RIGHT;
      default -> throw part.wrong("Left or Right");
    };
  }
}
