package io.github.llm4j.api.tokenizer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Text of bytes that must be UTF-8. */
final class StrictUtf8 {
  private StrictUtf8() {}

  /**
   * The text.
   *
   * @throws io.github.llm4j.api.error.LlmException with the place of the first byte that fits
   *     nowhere
   */
  static String text(MemorySegment utf8) {
    if (utf8.byteSize() > Integer.MAX_VALUE - 16) {
      throw InputEncoder.user(
          "text: at most 2 GiB expected, found %,d bytes. Encode it in parts."
              .formatted(utf8.byteSize()));
    }
    ByteBuffer in = utf8.asByteBuffer();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw InputEncoder.user(
          "text: UTF-8 expected, found the byte 0x%02X at %,d, which fits nowhere. Save the text as UTF-8."
              .formatted(in.get(in.position()) & 0xFF, in.position()));
    }
    return out.flip().toString();
  }
}
