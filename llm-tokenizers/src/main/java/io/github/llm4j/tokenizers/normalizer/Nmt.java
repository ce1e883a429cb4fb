package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Stage;

/** {@code Nmt}: leaves out control characters and makes others spaces. */
final class Nmt implements Step {
  static final String TYPE = "Nmt";

  private final CharChanges changes = new CharChanges(Nmt::change, false);

  private static String change(int c) {
    return switch (c) {
      case '\t', '\n', '\f', '\r', 0x1680, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD -> " ";
      case 0x0B, 0x7F, 0x8F, 0x9F -> "";
      default ->
          (c >= 1 && c < ' ') ? "" : c >= 0x200B && c <= 0x200F ? " " : Character.toString(c);
    };
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
