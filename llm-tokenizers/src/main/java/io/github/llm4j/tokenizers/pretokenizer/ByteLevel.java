package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;

/**
 * {@code ByteLevel}: words are cut as GPT-2 does, and bytes are what the model sees. The same
 * component is the decoder, which joins the bytes again.
 *
 * @param addPrefixSpace whether a text that doesn't begin with a space is given one
 * @param trimOffsets whether other libraries leave blanks out of offsets; kept as it was read
 * @param useRegex whether words are cut; otherwise the text is one word
 */
public record ByteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex)
    implements Cutter {
  static final String TYPE = "ByteLevel";
  private static final Gpt2Words WORDS = new Gpt2Words();

  /** As the library of the format fills in what isn't there. */
  public static ByteLevel of(JsonPart part) {
    part.type(TYPE);
    return new ByteLevel(
        part.get("add_prefix_space").flag(true),
        part.get("trim_offsets").flag(true),
        part.get("use_regex").flag(true));
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    Stage words = useRegex ? (text, from, to) -> words(text, from, to, next) : next;
    return addPrefixSpace ? new PrefixSpace(aligned, words) : words;
  }

  private static void words(Text text, int from, int to, Stage next) {
    byte[] utf8 = text.bytes();
    int end = 0;
    for (int at = from; at < to; at = end) {
      end = WORDS.end(utf8, at, to);
      next.take(text, at, end);
    }
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return useRegex && WORDS.alwaysParts(before, after);
  }

  @Override
  public boolean prefixes(int first) {
    return addPrefixSpace && first != ' ';
  }

  @Override
  public boolean keeps() {
    return !addPrefixSpace;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE)
        .put("add_prefix_space", addPrefixSpace)
        .put("trim_offsets", trimOffsets)
        .put("use_regex", useRegex);
  }
}
