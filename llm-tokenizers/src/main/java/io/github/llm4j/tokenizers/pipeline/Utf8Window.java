package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The part of a text in UTF-8 that is looked at, in chars. Threading: one thread. */
final class Utf8Window implements CharSequence {
  private static final int LEAST = 1 << 8;
  private static final int MORE = 1 << 16;

  private final String tokenizer;
  private final ByteBuffer in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private char[] chars;
  private int start;
  private int end;

  /**
   * A window at the beginning of a text.
   *
   * @param tokenizer what messages call the tokenizer
   */
  Utf8Window(String tokenizer, MemorySegment utf8) {
    this.tokenizer = tokenizer;
    if (utf8.byteSize() > Integer.MAX_VALUE - 16) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer '%s': a text of at most 2 GiB expected, found %,d bytes. Encode it in parts."
              .formatted(tokenizer, utf8.byteSize()));
    }
    in = utf8.asByteBuffer();
    chars = new char[Math.max(LEAST, Math.min(MORE, in.remaining()))];
  }

  /**
   * Whether the text has more than so many chars from the window's beginning on; they are then in
   * the window.
   *
   * @throws LlmException if it isn't UTF-8
   */
  boolean has(long count) {
    while (end - start <= count && in.hasRemaining()) {
      if (start > 0) {
        System.arraycopy(chars, start, chars, 0, end - start);
        end -= start;
        start = 0;
      }
      if (chars.length - end < 2) {
        chars = Arrays.copyOf(chars, (int) Math.min(Integer.MAX_VALUE - 16, 2L * chars.length));
      }
      CharBuffer out = CharBuffer.wrap(chars, end, chars.length - end);
      CoderResult result = decoder.decode(in, out, true);
      if (result.isError()) {
        throw new LlmException(
            ErrorKind.USER,
            ("tokenizer '%s': UTF-8 expected, found the byte 0x%02X at %,d, which fits nowhere."
                    + " Save the text as UTF-8.")
                .formatted(tokenizer, in.get(in.position()) & 0xFF, in.position()));
      }
      end = out.position();
    }
    return end - start > count;
  }

  /** Goes on behind so many chars. */
  void drop(int count) {
    start += count;
  }

  @Override
  public int length() {
    return end - start;
  }

  @Override
  public char charAt(int index) {
    return chars[start + index];
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return CharBuffer.wrap(chars, start + from, to - from);
  }

  @Override
  public String toString() {
    return new String(chars, start, end - start);
  }
}
