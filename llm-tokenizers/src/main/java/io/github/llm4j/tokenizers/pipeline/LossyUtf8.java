package io.github.llm4j.tokenizers.pipeline;

/**
 * Text of bytes that may be no UTF-8: each longest part that could begin a character and doesn't go
 * on becomes one U+FFFD, as Unicode 15, 3.9, "U+FFFD Substitution of Maximal Subparts" has it. The
 * JDK gives one where the bytes of a surrogate are three such parts.
 */
public final class LossyUtf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] held = new byte[3];
  private int count;

  /** Begins a text. */
  public LossyUtf8() {}

  /** The text of bytes. */
  public static String text(byte[] utf8, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    LossyUtf8 decoder = new LossyUtf8();
    decoder.add(utf8, from, to, text);
    decoder.end(text);
    return text.toString();
  }

  /** Whether bytes are UTF-8. */
  public static boolean isWellFormed(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to) {
      int length = utf8[at] >= 0 ? 1 : Math.min(needed(utf8[at]), to - at);
      if (utf8[at] < 0 && (length < needed(utf8[at]) || good(utf8, at, length) < length)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** Adds bytes; those that begin a character at their end are held back. */
  public void add(byte[] more, int from, int to, StringBuilder text) {
    int at = from;
    if (count > 0) {
      byte[] both = new byte[count + to - from];
      System.arraycopy(held, 0, both, 0, count);
      System.arraycopy(more, from, both, count, to - from);
      count = 0;
      add(both, 0, both.length, text);
      return;
    }
    while (at < to) {
      byte lead = more[at];
      if (lead >= 0) {
        text.append((char) lead);
        at++;
        continue;
      }
      int needed = needed(lead);
      int good = good(more, at, Math.min(needed, to - at));
      if (good == needed && needed > 1) {
        text.appendCodePoint(Utf8.codePoint(more, at));
        at += needed;
      } else if (needed > 1 && at + good == to) {
        count = good;
        System.arraycopy(more, at, held, 0, good);
        return;
      } else {
        text.append(REPLACEMENT);
        at += Math.max(1, good);
      }
    }
  }

  /** Ends the text; what was held back can't be completed. */
  public void end(StringBuilder text) {
    if (count > 0) {
      text.append(REPLACEMENT);
      count = 0;
    }
  }

  /** Bytes of the character that a byte begins; 1 if it begins none. */
  private static int needed(byte lead) {
    int b = lead & 0xFF;
    return b < 0xC2 || b > 0xF4 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }

  /** How many of so many bytes from {@code at} on can begin one character. */
  private static int good(byte[] utf8, int at, int most) {
    int lead = utf8[at] & 0xFF;
    if (lead < 0x80 || lead < 0xC2 || lead > 0xF4) {
      return lead < 0x80 ? 1 : 0;
    }
    int good = 1;
    while (good < most) {
      int b = utf8[at + good] & 0xFF;
      int low = good > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
      int high = good > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
      if (b < low || b > high) {
        break;
      }
      good++;
    }
    return good;
  }
}
