package io.github.llm4j.tokenizers;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.pipeline.Ids;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The id of a byte is its value. Round trips every text; ids that are no UTF-8 give U+FFFD. */
final class BytesTokenizer implements Tokenizer {
  private static final int BYTES = 256;

  @Override
  public int[] encode(CharSequence text) {
    ByteBuffer utf8;
    try {
      utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw Surrogates.lone("bytes", text);
    }
    int[] ids = new int[utf8.remaining()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = utf8.get() & 0xFF;
    }
    return ids;
  }

  @Override
  public Encoding tokenize(CharSequence text) {
    Encoding.Builder tokens = new Encoding.Builder();
    int at = 0;
    int word = 0;
    for (int id : encode(text)) {
      boolean inside = (id & 0xC0) == 0x80;
      if (!inside && word > 0) {
        at += Character.charCount(Character.codePointAt(text, at));
      }
      int end = at + Character.charCount(Character.codePointAt(text, at));
      tokens.add(id, at, end, inside ? word - 1 : word++, 0, 0);
    }
    return tokens.build();
  }

  @Override
  public String decode(int[] ids) {
    byte[] utf8 = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      utf8[i] = (byte) Ids.check("bytes", ids[i], BYTES);
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(int id) {
    return new byte[] {(byte) Ids.check("bytes", id, BYTES)};
  }

  @Override
  public boolean roundTrips() {
    return true;
  }

  @Override
  public int vocabSize() {
    return BYTES;
  }

  @Override
  public Map<String, Integer> specialTokens() {
    return Map.of();
  }
}
