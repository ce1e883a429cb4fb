package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Stage;
import java.util.Locale;

/** {@code Lowercase}: each letter by itself, so a sigma at the end of a word is as any other. */
final class Lowercase implements Step {
  static final String TYPE = "Lowercase";

  private final CharChanges changes = new CharChanges(Lowercase::lower, false);

  /** A character in lower case: one, but for U+0130, which becomes two. */
  static String lower(int c) {
    return Character.toString(c).toLowerCase(Locale.ROOT);
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    return changes.open(aligned, next);
  }

  @Override
  public boolean parts(int before, int after) {
    return true;
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
