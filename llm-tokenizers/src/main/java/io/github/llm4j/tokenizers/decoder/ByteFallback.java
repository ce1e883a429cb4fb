package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.ByteTokens;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.LossyUtf8;
import io.github.llm4j.tokenizers.pipeline.TokenStage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code ByteFallback}: tokens as {@code <0x61>} are bytes. A run of them becomes one token if it
 * is UTF-8, else each becomes U+FFFD: the whole run is held back until another token ends it.
 */
public record ByteFallback() implements Decoder {
  static final String TYPE = "ByteFallback";

  @Override
  public DecoderStage open(DecoderStage next) {
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    return new TokenStage(next) {
      @Override
      protected void token(String token) {
        int value = ByteTokens.value(token);
        if (value >= 0) {
          run.write(value);
          return;
        }
        last();
        give(token);
      }

      @Override
      protected void last() {
        byte[] bytes = run.toByteArray();
        if (bytes.length == 0) {
          return;
        }
        run.reset();
        if (LossyUtf8.isWellFormed(bytes, 0, bytes.length)) {
          give(new String(bytes, StandardCharsets.UTF_8));
          return;
        }
        for (int i = 0; i < bytes.length; i++) {
          give("\uFFFD");
        }
      }
    };
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.byteTokens();
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
  }
}
