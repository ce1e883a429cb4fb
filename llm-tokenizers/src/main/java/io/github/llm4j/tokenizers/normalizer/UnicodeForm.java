package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Normalizer;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer.Form;

/**
 * {@code NFC}, {@code NFD}, {@code NFKC}, {@code NFKD}: characters composed or taken apart. Unicode
 * Standard Annex 15.
 *
 * @param form which
 */
record UnicodeForm(Form form) implements Normalizer {
  static final String[] TYPES = {"NFC", "NFD", "NFKC", "NFKD"};

  static Form form(String type) {
    return Form.valueOf(type);
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    Text result = new Text(aligned);
    return (text, from, to) -> {
      if (isAscii(text.bytes(), from, to)) {
        next.take(text, from, to); // every form leaves it as it is
        return;
      }
      result.clearFor(text, from);
      int end = 0;
      for (int at = from; at < to; at = end) {
        end = segmentEnd(text.bytes(), at, to);
        normalize(text, at, end, result);
      }
      next.take(result, 0, result.length());
    };
  }

  private static boolean isAscii(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      if (utf8[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** A character with all that may join it. */
  private static int segmentEnd(byte[] utf8, int from, int to) {
    int i = from + Utf8.lengthAt(utf8[from]);
    while (i < to && joins(Utf8.codePoint(utf8, i))) {
      i += Utf8.lengthAt(utf8[i]);
    }
    return i;
  }

  /** Whether a character may join the one before it: marks, and vowels and ends of Hangul. */
  private static boolean joins(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> c >= 0x1160 && c <= 0x11FF;
    };
  }

  private void normalize(Text text, int from, int to, Text result) {
    String segment = new String(text.bytes(), from, to - from, StandardCharsets.UTF_8);
    if (java.text.Normalizer.isNormalized(segment, form)) {
      result.append(text, from, to);
      return;
    }
    byte[] changed = java.text.Normalizer.normalize(segment, form).getBytes(StandardCharsets.UTF_8);
    result.append(changed, 0, changed.length, text, from, to);
  }

  @Override
  public boolean parts(int before, int after) {
    return !joins(after);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", form.name());
  }
}
