package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.List;

/** {@code Sequence}: decoders one after another. */
public record DecoderSequence(List<Decoder> decoders) implements Decoder {
  static final String TYPE = "Sequence";

  /** Copies the list. */
  public DecoderSequence {
    decoders = List.copyOf(decoders);
  }

  static DecoderSequence of(JsonPart part) {
    return new DecoderSequence(part.get("decoders").items().stream().map(Decoders::one).toList());
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    DecoderStage stage = next;
    for (Decoder decoder : decoders.reversed()) {
      stage = decoder.open(stage);
    }
    return stage;
  }

  @Override
  public void describe(DecoderPlan plan) {
    decoders.forEach(decoder -> decoder.describe(plan));
  }

  @Override
  public void write(ObjectNode json) {
    ArrayNode list = json.put("type", TYPE).putArray("decoders");
    decoders.forEach(decoder -> decoder.write(list.addObject()));
  }
}
