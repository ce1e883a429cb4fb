package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code Whitespace}: words are {@code \w+|[^\w\s]+}, with the Unicode meaning of its classes. */
record Whitespace() implements WordCutter, Words {
  static final String TYPE = "Whitespace";
  private static final long OTHERS = ~(Kinds.WORD | Kinds.SPACES);

  @Override
  public Words words() {
    return this;
  }

  @Override
  public int end(byte[] utf8, int at, int to) {
    int end = Kinds.skip(Kinds.WORD, utf8, at, to);
    if (end == at) {
      end = Kinds.skip(OTHERS, utf8, at, to);
    }
    return end > at ? end : ~Kinds.skip(Kinds.SPACES, utf8, at, to);
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return Kinds.has(Kinds.SPACES, before)
        || Kinds.has(Kinds.SPACES, after)
        || Kinds.has(Kinds.WORD, before) != Kinds.has(Kinds.WORD, after);
  }

  @Override
  public boolean separable(int before, int after) {
    return true;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
  }
}
