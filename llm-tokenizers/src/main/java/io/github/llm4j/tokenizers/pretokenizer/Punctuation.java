package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;

/**
 * {@code Punctuation}: words are cut at punctuation: that of Unicode, and all that ASCII has.
 *
 * @param words where words end
 */
record Punctuation(KindWords words) implements WordCutter {
  static final String TYPE = "Punctuation";

  Punctuation(Behavior behavior) {
    this(new KindWords(Kinds.BERT_PUNCTUATION, behavior));
  }

  static Punctuation of(JsonPart part) {
    JsonPart behavior = part.get("behavior");
    return new Punctuation(behavior.isPresent() ? Behavior.of(behavior) : Behavior.ISOLATED);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put("behavior", words.behavior().text());
  }
}
