package io.github.llm4j.tokenizers.pipeline;

/** Characters in well-formed UTF-8. */
public final class Utf8 {
  private Utf8() {}

  /** Bytes of a character. */
  public static int length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** Bytes of the character that begins with this byte. */
  public static int lengthAt(byte lead) {
    return lead >= 0 ? 1 : lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4;
  }

  /** Whether a byte begins a character. */
  public static boolean begins(byte b) {
    return (b & 0xC0) != 0x80;
  }

  /** The character that begins at {@code i}. */
  public static int codePoint(byte[] utf8, int i) {
    int b = utf8[i];
    if (b >= 0) {
      return b;
    }
    if (b < (byte) 0xE0) {
      return (b & 0x1F) << 6 | (utf8[i + 1] & 0x3F);
    }
    if (b < (byte) 0xF0) {
      return (b & 0x0F) << 12 | (utf8[i + 1] & 0x3F) << 6 | (utf8[i + 2] & 0x3F);
    }
    return (b & 0x07) << 18
        | (utf8[i + 1] & 0x3F) << 12
        | (utf8[i + 2] & 0x3F) << 6
        | (utf8[i + 3] & 0x3F);
  }

  /** Where the character begins that ends before {@code i}. */
  public static int before(byte[] utf8, int i) {
    int at = i - 1;
    while (!begins(utf8[at])) {
      at--;
    }
    return at;
  }

  /** Writes a character at {@code at}; gives the place behind it. */
  public static int put(int codePoint, byte[] utf8, int at) {
    if (codePoint < 0x80) {
      utf8[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      utf8[at] = (byte) (0xC0 | codePoint >> 6);
      utf8[at + 1] = (byte) (0x80 | codePoint & 0x3F);
      return at + 2;
    }
    if (codePoint < 0x10000) {
      utf8[at] = (byte) (0xE0 | codePoint >> 12);
      utf8[at + 1] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      utf8[at + 2] = (byte) (0x80 | codePoint & 0x3F);
      return at + 3;
    }
    utf8[at] = (byte) (0xF0 | codePoint >> 18);
    utf8[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
    utf8[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
    utf8[at + 3] = (byte) (0x80 | codePoint & 0x3F);
    return at + 4;
  }
}
