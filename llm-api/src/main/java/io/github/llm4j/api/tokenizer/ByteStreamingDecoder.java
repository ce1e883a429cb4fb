package io.github.llm4j.api.tokenizer;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Holds back the bytes that begin a character; bytes that are no UTF-8 become U+FFFD. */
final class ByteStreamingDecoder implements StreamingDecoder {
  private final Tokenizer tokenizer;
  private final Set<Integer> skipped;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** Bytes at the end of what came that begin a character: never more than three. */
  private byte[] held = new byte[0];

  ByteStreamingDecoder(Tokenizer tokenizer, boolean skipSpecial) {
    this.tokenizer = tokenizer;
    this.skipped = skipSpecial ? Set.copyOf(tokenizer.specialTokens().values()) : Set.of();
  }

  @Override
  public String add(int id) {
    return skipped.contains(id) ? "" : decode(tokenizer.bytes(id), false);
  }

  @Override
  public String end() {
    String rest = decode(new byte[0], true);
    utf8.reset();
    return rest;
  }

  private String decode(byte[] more, boolean last) {
    ByteBuffer in = ByteBuffer.allocate(held.length + more.length);
    in.put(held).put(more).flip();
    // UTF-8 gives at most one char for each byte
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    CoderResult result = utf8.decode(in, out, last);
    if (last && result.isUnderflow()) {
      result = utf8.flush(out);
    }
    if (!result.isUnderflow()) {
      throw new LlmException(ErrorKind.INTERNAL, "streaming decoder: underflow, found " + result);
    }
    held = new byte[in.remaining()];
    in.get(held);
    return out.flip().toString();
  }
}
