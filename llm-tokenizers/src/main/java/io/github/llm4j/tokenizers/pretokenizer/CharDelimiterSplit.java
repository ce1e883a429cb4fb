package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;

/**
 * {@code CharDelimiterSplit}: words are what stands between a character.
 *
 * @param split what it does
 */
record CharDelimiterSplit(Split split) implements Cutter {
  static final String TYPE = "CharDelimiterSplit";
  private static final String DELIMITER = "delimiter";

  static CharDelimiterSplit of(JsonPart part) {
    String delimiter = part.get(DELIMITER).text();
    if (delimiter.codePointCount(0, delimiter.length()) != 1) {
      throw part.get(DELIMITER).wrong("one character");
    }
    return new CharDelimiterSplit(Split.literal(delimiter, Behavior.REMOVED, false));
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    return split.open(aligned, next);
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return split.alwaysParts(before, after);
  }

  @Override
  public boolean separable(int before, int after) {
    return split.separable(before, after);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put(DELIMITER, split.pattern());
  }
}
