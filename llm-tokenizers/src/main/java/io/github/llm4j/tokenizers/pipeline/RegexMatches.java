package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a regular expression, by reading a piece at most so many times. */
final class RegexMatches implements Regex.Matches {
  private static final long READS = 10_000_000;
  private static final long READS_A_CHAR = 200;

  private final String where;
  private final String expression;
  private final Chars chars = new Chars();
  private final Matcher matcher;

  /** Byte of the text at which a char begins; for chars of one byte alone it isn't filled. */
  private int[] bytes = new int[1 << 8];

  private boolean ascii;
  private int from;

  /** Where the search goes on, in chars; and where the last match ended, -1 before the first. */
  private int at;

  private int last;

  RegexMatches(String where, String expression, Pattern pattern) {
    this.where = where;
    this.expression = expression;
    this.matcher = pattern.matcher(chars).useAnchoringBounds(false).useTransparentBounds(true);
  }

  @Override
  public void over(Text text, int from, int to) {
    this.from = from;
    decode(text.bytes(), from, to);
    chars.left = READS + READS_A_CHAR * chars.length;
    at = 0;
    last = -1;
  }

  private void decode(byte[] utf8, int from, int to) {
    chars.room(to - from);
    int i = from;
    while (i < to && utf8[i] >= 0) {
      chars.put((char) utf8[i], i - from);
      i++;
    }
    ascii = i == to;
    chars.length = i - from;
    if (ascii) {
      return;
    }
    if (bytes.length <= to - from) {
      bytes = new int[Math.max(to - from + 1, (int) Math.min(1 << 24, 2L * bytes.length))];
    }
    for (int k = 0; k < chars.length; k++) {
      bytes[k] = from + k;
    }
    int n = chars.length;
    while (i < to) {
      int c = Utf8.codePoint(utf8, i);
      bytes[n] = i;
      if (c >= 0x10000) {
        chars.put(Character.highSurrogate(c), n++);
        bytes[n] = i;
        c = Character.lowSurrogate(c);
      }
      chars.put((char) c, n++);
      i += Utf8.lengthAt(utf8[i]);
    }
    bytes[n] = to;
    chars.length = n;
  }

  @Override
  public boolean next() {
    while (at <= chars.length) {
      if (!find()) {
        at = chars.length + 1;
        return false;
      }
      int start = matcher.start();
      int end = matcher.end();
      boolean again = start == end && start == last; // nothing, right behind a match
      if (again || chars.splits(start)) {
        at = chars.after(start);
        continue;
      }
      at = end;
      last = end;
      return true;
    }
    return false;
  }

  private boolean find() {
    try {
      matcher.region(at, chars.length);
      return matcher.find();
    } catch (Chars.Exhausted e) {
      throw tooLong(
          ErrorKind.USER, "a regular expression that is done within %d steps".formatted(READS), e);
    } catch (StackOverflowError e) {
      throw tooLong(ErrorKind.RESOURCES, "a regular expression that the stack has room for", e);
    }
  }

  private LlmException tooLong(ErrorKind kind, String expected, Throwable cause) {
    return new LlmException(
        kind,
        "%s: %s expected, found \"%s\", which takes more over %d characters. %s"
            .formatted(
                where,
                expected,
                expression,
                chars.length,
                "Write it without repetitions of repetitions, or cut the text."),
        cause);
  }

  @Override
  public int start() {
    return place(matcher.start());
  }

  @Override
  public int end() {
    return place(matcher.end());
  }

  private int place(int index) {
    return ascii ? from + index : bytes[index];
  }

  /** A piece in chars; it counts how often it is read. */
  private static final class Chars implements CharSequence {
    private char[] chars = new char[1 << 8];
    private int length;
    private long left;

    /** The search took too long; without a stack trace, since it is thrown from deep within. */
    private static final class Exhausted extends RuntimeException {
      private static final long serialVersionUID = 1;

      Exhausted() {
        super("too many reads", null, false, false);
      }
    }

    private void room(int most) {
      if (chars.length < most) {
        chars = new char[Math.max(most, (int) Math.min(1 << 24, 2L * chars.length))];
      }
    }

    private void put(char c, int index) {
      chars[index] = c;
    }

    private boolean splits(int index) {
      return index > 0
          && index < length
          && Character.isSurrogatePair(chars[index - 1], chars[index]);
    }

    private int after(int index) {
      return index + (splits(index + 1) ? 2 : 1);
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new Exhausted();
      }
      return chars[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new String(chars, start, end - start);
    }

    @Override
    public String toString() {
      return new String(chars, 0, length);
    }
  }
}
