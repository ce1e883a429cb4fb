package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import org.jspecify.annotations.Nullable;

/**
 * {@code NFC}, {@code NFD}, {@code NFKC}, {@code NFKD}: characters composed or taken apart. Unicode
 * Standard Annex 15, with the version of Unicode that the JDK has. A character that several became
 * comes from all of them (huggingface/tokenizers issue 1201: there from the first only).
 *
 * <p>Complexity: linear but for runs of marks, O(n log n) in their length. Threading: immutable.
 */
final class UnicodeForm implements Step {
  static final String[] TYPES = {"NFC", "NFD", "NFKC", "NFKD"};

  /** The JDK takes quadratic time for the marks of one character: more bytes aren't given to it. */
  private static final int LONGEST = 60;

  private final Form form;
  private final CharChanges changes;

  UnicodeForm(String type) {
    this.form = Form.valueOf(type);
    this.changes = new CharChanges(c -> Normalizer.normalize(Character.toString(c), form), false);
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    Text result = new Text(aligned);
    Segment segment = new Segment(form);
    return (text, from, to) -> {
      byte[] utf8 = text.bytes();
      boolean changed = false;
      int done = from; // what lies behind it isn't yet in the result
      int end = 0;
      for (int at = from; at < to; at = end) {
        end = at + Utf8.lengthAt(utf8[at]);
        if (end < to && utf8[end] < 0) {
          end = segmentEnd(utf8, end, to);
        } else if (utf8[at] >= 0) {
          continue; // every form leaves ASCII as it is
        }
        int c = Utf8.codePoint(utf8, at);
        boolean alone = end == at + Utf8.length(c);
        byte @Nullable [] single = alone ? changes.of(c) : null;
        if (single == null && (alone || isNormalized(utf8, at, end))) {
          continue;
        }
        if (!changed) {
          result.clearFor(text, from);
          changed = true;
        }
        result.append(text, done, at);
        done = end;
        if (single != null) {
          result.append(single, 0, single.length, text, at, end);
        } else {
          segment.normalize(text, at, end, result);
        }
      }
      if (!changed) {
        next.take(text, from, to);
        return;
      }
      result.append(text, done, to);
      next.take(result, 0, result.length());
    };
  }

  private boolean isNormalized(byte[] utf8, int from, int to) {
    return to - from <= LONGEST
        && Normalizer.isNormalized(new String(utf8, from, to - from, StandardCharsets.UTF_8), form);
  }

  /** Behind all that may join what stands before. */
  private int segmentEnd(byte[] utf8, int from, int to) {
    int i = from;
    while (i < to && utf8[i] < 0 && joins(Utf8.codePoint(utf8, i))) {
      i += Utf8.lengthAt(utf8[i]);
    }
    return i;
  }

  /** Whether a character may join the one before it. */
  private boolean joins(int c) {
    return form == Form.NFC || form == Form.NFD ? joinsAlone(c) : joinsAny(c);
  }

  /** Marks, vowels and ends of Hangul, and the one other character that joins. */
  private static boolean joinsAlone(int c) {
    return c >= 0x300 && (Marks.isMark(c) || (c >= 0x1160 && c <= 0x11FF) || c == 0x16D67);
  }

  /** Also those that begin with such a character when they are taken apart. */
  private static boolean joinsAny(int c) {
    return joinsAlone(c)
        || c == 0x0E33
        || c == 0x0EB3
        || (c >= 0x3131 && c <= 0x318E)
        || (c >= 0xFF9E && c <= 0xFFDC)
        || c == 0x16D68;
  }

  @Override
  public boolean parts(int before, int after) {
    return !joinsAny(after);
  }

  @Override
  public boolean keeps(int c) {
    return c < 0x80;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", form.name());
  }
}
