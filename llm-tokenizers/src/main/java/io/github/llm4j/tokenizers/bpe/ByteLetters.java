package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;

/**
 * The printable letters that stand for bytes in byte-level vocabularies: printable Latin-1 is
 * itself, the others take U+0100 and on in order. Radford et al. 2019, GPT-2's encoder.py.
 */
public final class ByteLetters {
  private static final char[] LETTERS = new char[256];
  private static final short[] BYTES = new short[0x100 + 256];

  static {
    Arrays.fill(BYTES, (short) -1);
    char next = 0x100;
    for (int b = 0; b < LETTERS.length; b++) {
      boolean printable = (b > ' ' && b <= '~') || (b >= 0xA1 && b != 0xAD);
      LETTERS[b] = printable ? (char) b : next++;
      BYTES[LETTERS[b]] = (short) b;
    }
  }

  private ByteLetters() {}

  /** Letter of a byte. */
  public static String letter(int b) {
    return String.valueOf(LETTERS[b]);
  }

  /** Letters of bytes. */
  public static String letters(byte[] bytes) {
    char[] letters = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      letters[i] = LETTERS[bytes[i] & 0xFF];
    }
    return String.valueOf(letters);
  }

  /** Bytes of letters; empty if one of them stands for no byte. */
  public static byte[] bytes(String letters) {
    byte[] bytes = new byte[letters.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = letters.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        return new byte[0];
      }
      bytes[i] = (byte) BYTES[c];
    }
    return bytes;
  }

  /** All bytes in the order of their letters, which is the order of ids in new vocabularies. */
  static int[] inOrder() {
    int[] bytes = new int[256];
    int n = 0;
    for (short b : BYTES) {
      if (b >= 0) {
        bytes[n++] = b;
      }
    }
    return bytes;
  }
}
