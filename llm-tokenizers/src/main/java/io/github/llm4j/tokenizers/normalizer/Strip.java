package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * {@code Strip}: leaves out the blanks at the ends of each piece.
 *
 * @param left whether at its beginning
 * @param right whether at its end
 */
record Strip(boolean left, boolean right) implements Step {
  static final String TYPE = "Strip";
  private static final String LEFT = "strip_left";
  private static final String RIGHT = "strip_right";

  static Strip of(JsonPart part) {
    return new Strip(Normalizers.flag(part, LEFT), Normalizers.flag(part, RIGHT));
  }

  /** White_Space of Unicode; none lies outside the basic plane. */
  private static boolean isBlank(int c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    Text result = new Text(aligned);
    return (text, from, to) -> {
      byte[] utf8 = text.bytes();
      int start = from;
      while (left && start < to && isBlank(Utf8.codePoint(utf8, start))) {
        start += Utf8.lengthAt(utf8[start]);
      }
      int end = to;
      while (right && end > start && isBlank(Utf8.codePoint(utf8, Utf8.before(utf8, end)))) {
        end = Utf8.before(utf8, end);
      }
      if (start == end) {
        return;
      }
      if (start == from) {
        next.take(text, from, end);
        return;
      }
      result.clearFor(text, from); // what begins the text still does
      result.append(text, start, end);
      next.take(result, 0, result.length());
    };
  }

  @Override
  public boolean parts(int before, int after) {
    return (!right || !isBlank(before)) && (!left || !isBlank(after));
  }

  @Override
  public boolean keeps(int c) {
    return !isBlank(c);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put(LEFT, left).put(RIGHT, right);
  }
}
