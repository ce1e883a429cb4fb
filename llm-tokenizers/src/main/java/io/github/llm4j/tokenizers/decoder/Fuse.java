package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;

/** {@code Fuse}: all tokens become one. */
public record Fuse() implements Decoder {
  static final String TYPE = "Fuse";

  @Override
  public DecoderStage open(DecoderStage next) {
    return new DecoderStage() {
      @Override
      public void piece(String piece) {
        next.piece(piece);
      }

      @Override
      public void tokenEnd() {}

      @Override
      public void end() {
        next.tokenEnd();
        next.end();
      }
    };
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.join();
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
  }
}
