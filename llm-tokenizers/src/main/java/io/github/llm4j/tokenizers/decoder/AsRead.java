package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;

/** A decoder that is written as it was read. */
record AsRead(Decoder decoder, JsonNode json) implements Decoder {
  @Override
  public DecoderStage open(DecoderStage next) {
    return decoder.open(next);
  }

  @Override
  public void describe(DecoderPlan plan) {
    decoder.describe(plan);
  }

  @Override
  public void write(ObjectNode to) {
    to.setAll((ObjectNode) json);
  }
}
