package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;

/**
 * {@code Digits}: numbers, of the categories Nd, Nl and No, are words of their own.
 *
 * @param individual whether each digit is a word; otherwise those side by side are one
 */
public record Digits(boolean individual) implements WordCutter {
  static final String TYPE = "Digits";
  private static final String INDIVIDUAL = "individual_digits";
  private static final Words EACH = new KindWords(Kinds.NUMBERS, Behavior.ISOLATED);
  private static final Words TOGETHER = new KindWords(Kinds.NUMBERS, Behavior.CONTIGUOUS);

  static Digits of(JsonPart part) {
    return new Digits(part.get(INDIVIDUAL).flag(false));
  }

  @Override
  public Words words() {
    return individual ? EACH : TOGETHER;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put(INDIVIDUAL, individual);
  }
}
