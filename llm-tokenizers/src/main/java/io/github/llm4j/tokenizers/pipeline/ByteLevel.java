package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code ByteLevel}: words are cut as GPT-2 does, and bytes are what the model sees. The same
 * component is the decoder, which joins the bytes again.
 *
 * @param addPrefixSpace whether a text that doesn't begin with a space is given one
 * @param trimOffsets whether other libraries leave blanks out of offsets; kept as it was read
 * @param useRegex whether words are cut; otherwise the text is one word
 */
public record ByteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex)
    implements PreTokenizer {
  private static final String TYPE = "ByteLevel";

  /** As the library of the format fills in what isn't there. */
  static ByteLevel of(JsonPart part) {
    part.type(TYPE);
    return new ByteLevel(
        part.get("add_prefix_space").flag(true),
        part.get("trim_offsets").flag(true),
        part.get("use_regex").flag(true));
  }

  @Override
  public int wordEnd(byte[] utf8, int from, int to) {
    return useRegex ? Gpt2Words.end(utf8, from, to) : to;
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return useRegex && Gpt2Words.alwaysParts(before, after);
  }

  @Override
  public boolean addsSpace() {
    return addPrefixSpace;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE)
        .put("add_prefix_space", addPrefixSpace)
        .put("trim_offsets", trimOffsets)
        .put("use_regex", useRegex);
  }
}
