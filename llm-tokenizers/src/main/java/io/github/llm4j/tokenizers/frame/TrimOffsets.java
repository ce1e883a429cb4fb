package io.github.llm4j.tokenizers.frame;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.tokenizers.pipeline.Framing;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenEdges;
import java.util.List;
import java.util.Optional;

/**
 * {@code ByteLevel} as a post-processor: ranges lose the blanks that their tokens begin and end
 * with.
 *
 * @param addPrefixSpace whether the first token's single blank was added, and is no part of the
 *     text
 */
record TrimOffsets(boolean addPrefixSpace) implements Framing {
  static final String TYPE = "ByteLevel";

  /** None if ranges are left as they are. */
  static Optional<TrimOffsets> of(JsonPart part) {
    boolean prefix = part.get("add_prefix_space").flag(true);
    return part.get("trim_offsets").flag(true)
        ? Optional.of(new TrimOffsets(prefix))
        : Optional.empty();
  }

  @Override
  public int added(boolean pair) {
    return 0;
  }

  @Override
  public List<Encoding> process(
      TextInput input, List<Encoding> parts, boolean specialTokens, TokenEdges edges) {
    return parts.stream().map(part -> trim(input, part, edges)).toList();
  }

  Encoding trim(TextInput input, Encoding part, TokenEdges edges) {
    Encoding.Builder trimmed = new Encoding.Builder();
    for (int t = 0; t < part.size(); t++) {
      CharSequence text = part.text(t) == 1 ? input.pair().orElse("") : input.text();
      int start = part.start(t);
      int end = part.end(t);
      int leading = edges.leading(part.id(t));
      int trailing = edges.trailing(part.id(t));
      if (leading == 1 && addPrefixSpace && (t == 0 || start == 0)) {
        leading = 0;
      }
      for (; leading > 0 && start < end; leading--) {
        start += Character.charCount(Character.codePointAt(text, start));
      }
      if (hasCharacters(text, end, trailing)) {
        for (; trailing > 0 && end > start; trailing--) {
          end -= Character.charCount(Character.codePointBefore(text, end));
        }
      }
      trimmed.add(part, t).range(start, end);
    }
    return trimmed.build();
  }

  /** Whether so many characters end before a place. */
  private static boolean hasCharacters(CharSequence text, int end, int count) {
    return end >= 2 * count || Character.codePointCount(text, 0, end) >= count;
  }
}
