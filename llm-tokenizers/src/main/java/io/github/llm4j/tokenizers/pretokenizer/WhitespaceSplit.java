package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code WhitespaceSplit}: words are what stands between white space. */
public record WhitespaceSplit() implements WordCutter {
  static final String TYPE = "WhitespaceSplit";
  private static final Words WORDS = new KindWords(Kinds.SPACES, Behavior.REMOVED);

  @Override
  public Words words() {
    return WORDS;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
  }
}
