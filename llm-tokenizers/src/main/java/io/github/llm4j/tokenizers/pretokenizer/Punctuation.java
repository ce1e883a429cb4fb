package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;

/**
 * {@code Punctuation}: words are cut at punctuation: that of Unicode, and all that ASCII has.
 *
 * @param behavior what becomes of it
 */
public record Punctuation(Behavior behavior) implements WordCutter {
  static final String TYPE = "Punctuation";

  static Punctuation of(JsonPart part) {
    JsonPart behavior = part.get("behavior");
    return new Punctuation(behavior.isPresent() ? Behavior.of(behavior) : Behavior.ISOLATED);
  }

  @Override
  public Words words() {
    return new KindWords(Kinds.BERT_PUNCTUATION, behavior);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put("behavior", behavior.text());
  }
}
