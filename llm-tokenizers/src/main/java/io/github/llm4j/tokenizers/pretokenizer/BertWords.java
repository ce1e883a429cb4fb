package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * {@code BertPreTokenizer}: white space belongs to no word, each punctuation mark is a word. Devlin
 * et al. 2018.
 */
public record BertWords() implements WordCutter, Words {
  static final String TYPE = "BertPreTokenizer";
  private static final long INSIDE = ~(Kinds.SPACES | Kinds.BERT_PUNCTUATION);

  @Override
  public Words words() {
    return this;
  }

  @Override
  public int end(byte[] utf8, int at, int to) {
    int end = Kinds.skip(INSIDE, utf8, at, to);
    if (end > at) {
      return end;
    }
    return Kinds.hasAt(Kinds.SPACES, utf8, at)
        ? ~Kinds.skip(Kinds.SPACES, utf8, at, to)
        : at + Utf8.lengthAt(utf8[at]);
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return !Kinds.has(INSIDE, before) || !Kinds.has(INSIDE, after);
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
