package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * {@code FixedLength}: each word has so many characters, the last what is left.
 *
 * @param length characters of a word
 */
record FixedLength(int length) implements WordCutter, Words {
  static final String TYPE = "FixedLength";
  private static final int DEFAULT = 5;

  static FixedLength of(JsonPart part) {
    JsonPart length = part.get("length");
    if (!length.isPresent()) {
      return new FixedLength(DEFAULT);
    }
    int value = length.json().canConvertToInt() ? length.json().intValue() : 0;
    if (!length.json().isIntegralNumber() || value < 1) {
      throw length.wrong("a whole number from 1 on");
    }
    return new FixedLength(value);
  }

  @Override
  public Words words() {
    return this;
  }

  @Override
  public int end(byte[] utf8, int at, int to) {
    int end = at;
    for (int n = 0; n < length && end < to; n++) {
      end += Utf8.lengthAt(utf8[end]);
    }
    return end;
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return false; // that depends on how many characters came before
  }

  @Override
  public boolean separable(int before, int after) {
    return false;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put("length", length);
  }
}
