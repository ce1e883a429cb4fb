package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Stage;

/**
 * {@code StripAccents}: leaves out marks that stand by themselves; what they stood on comes from
 * them too. Characters aren't taken apart: NFD does that.
 */
final class StripAccents implements Step {
  static final String TYPE = "StripAccents";

  private final CharChanges changes =
      new CharChanges(c -> OldMarks.isMark(c) ? "" : Character.toString(c), true);

  @Override
  public Stage open(boolean aligned, Stage next) {
    return changes.open(aligned, next);
  }

  @Override
  public boolean parts(int before, int after) {
    return changes.parts(after);
  }

  @Override
  public boolean keeps(int c) {
    return changes.keeps(c);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
  }
}
