package io.github.llm4j.tokenizers.normalizer;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Changes each character by itself, as a rule says. What the rule says is kept in pages of 256
 * characters, made when the first of them is met. A piece of which nothing changes is handed on
 * without a copy.
 *
 * <p>Complexity: linear. Threading: any number of threads.
 */
final class CharChanges {
  private static final int PAGE = 1 << 8;

  private static final byte[] NOTHING = {};

  private final CharRule rule;
  private final boolean marksJoin;
  private final AtomicReferenceArray<byte @Nullable [] @Nullable []> pages =
      new AtomicReferenceArray<>(Character.MAX_CODE_POINT / PAGE + 1);

  /**
   * Changes by a rule.
   *
   * @param marksJoin whether a mark that is left out is part of what the character before it comes
   *     from
   */
  CharChanges(CharRule rule, boolean marksJoin) {
    this.rule = rule;
    this.marksJoin = marksJoin;
  }

  /** UTF-8 of what becomes of a character; null if it stays what it is. */
  byte @Nullable [] of(int c) {
    byte @Nullable [] @Nullable [] page = pages.get(c / PAGE);
    if (page == null) {
      page = make(c / PAGE * PAGE);
      pages.set(c / PAGE, page); // two threads make the same
    }
    return page[c % PAGE];
  }

  private byte[] @Nullable [] make(int first) {
    byte[] @Nullable [] page = new byte[PAGE][];
    for (int i = 0; i < PAGE; i++) {
      int c = first + i;
      String text = Surrogates.isSurrogate(c) ? Character.toString(c) : rule.of(c);
      page[i] =
          text.isEmpty()
              ? NOTHING
              : text.codePointAt(0) == c && text.length() == Character.charCount(c)
                  ? null
                  : text.getBytes(StandardCharsets.UTF_8);
    }
    return page;
  }

  /** Whether a character stays what it is. */
  boolean keeps(int c) {
    return of(c) == null;
  }

  /** Whether a text may be parted before a character. */
  boolean parts(int after) {
    byte @Nullable [] changed = of(after);
    return !(marksJoin && Marks.isMark(after) && changed != null && changed.length == 0);
  }

  Stage open(boolean aligned, Stage next) {
    Text result = new Text(aligned);
    return (text, from, to) -> {
      int same = sameUntil(text.bytes(), from, to);
      if (same == to) {
        next.take(text, from, to);
        return;
      }
      result.clearFor(text, from);
      result.append(text, from, same);
      change(text, same, to, result);
      if (result.length() > 0) {
        next.take(result, 0, result.length());
      }
    };
  }

  /** Where the first character stands that changes. */
  private int sameUntil(byte[] utf8, int from, int to) {
    int i = from;
    while (i < to) {
      int c = Utf8.codePoint(utf8, i);
      if (of(c) != null) {
        return i;
      }
      i += Utf8.length(c);
    }
    return to;
  }

  private void change(Text text, int from, int to, Text result) {
    byte[] utf8 = text.bytes();
    int i = from;
    while (i < to) {
      int same = sameUntil(utf8, i, to);
      if (same > i) {
        result.append(text, i, same);
        i = same;
        if (i == to) {
          return;
        }
      }
      int c = Utf8.codePoint(utf8, i);
      int end = i + Utf8.length(c);
      byte @Nullable [] changed = of(c);
      if (changed == null) {
        result.append(text, i, end);
      } else if (changed.length > 0) {
        result.append(changed, 0, changed.length, text, i, end);
      } else if (marksJoin && Marks.isMark(c)) {
        result.extendLast(text, end);
      }
      i = end;
    }
  }
}
