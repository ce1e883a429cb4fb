package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.Arrays;

/** What becomes of what a text is cut at. */
public enum Behavior {
  /** It belongs to no word. */
  REMOVED("Removed"),
  /** Each is a word of its own. */
  ISOLATED("Isolated"),
  /** The one behind a word is its end. */
  MERGED_WITH_PREVIOUS("MergedWithPrevious"),
  /** The one before a word is its beginning. */
  MERGED_WITH_NEXT("MergedWithNext"),
  /** Those that follow one another are a word together. */
  CONTIGUOUS("Contiguous");

  private final String text;

  Behavior(String text) {
    this.text = text;
  }

  /** Its name in a tokenizer.json. */
  String text() {
    return text;
  }

  static Behavior of(JsonPart part) {
    String text = part.text();
    for (Behavior behavior : values()) {
      if (behavior.text.equals(text)) {
        return behavior;
      }
    }
    throw part.wrong(
        "one of " + String.join(", ", Arrays.stream(values()).map(b -> b.text).toList()));
  }
}
