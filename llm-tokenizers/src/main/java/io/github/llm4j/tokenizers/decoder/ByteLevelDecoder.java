package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.bpe.ByteLetters;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.LossyUtf8;
import io.github.llm4j.tokenizers.pipeline.TokenStage;
import java.nio.charset.StandardCharsets;

/**
 * {@code ByteLevel}: letters stand for bytes; a token that holds another one stands for itself. All
 * become one token; bytes that are no UTF-8 become U+FFFD. Its settings are the pre-tokenizer's and
 * change nothing here.
 */
public record ByteLevelDecoder(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex)
    implements Decoder {
  static final String TYPE = "ByteLevel";

  static ByteLevelDecoder of(JsonPart part) {
    return new ByteLevelDecoder(
        part.get("add_prefix_space").flag(true),
        part.get("trim_offsets").flag(true),
        part.get("use_regex").flag(true));
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    LossyUtf8 utf8 = new LossyUtf8();
    StringBuilder text = new StringBuilder();
    return new TokenStage(next) {
      @Override
      protected void token(String token) {
        byte[] bytes = ByteLetters.bytes(token);
        if (bytes.length == 0) {
          bytes = token.getBytes(StandardCharsets.UTF_8);
        }
        utf8.add(bytes, 0, bytes.length, text);
        flush();
      }

      private void flush() {
        next.piece(text.toString());
        text.setLength(0);
      }

      @Override
      protected void last() {
        utf8.end(text);
        flush();
        next.tokenEnd();
      }
    };
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.letters(ByteLetters::bytes);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE)
        .put("add_prefix_space", addPrefixSpace)
        .put("trim_offsets", trimOffsets)
        .put("use_regex", useRegex);
  }
}
