package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Regex;

/**
 * {@code Replace}: a text becomes another wherever it stands in a token.
 *
 * @param pattern what is replaced; not empty
 * @param content what it becomes
 */
public record ReplaceDecoder(String pattern, String content) implements Decoder {
  static final String TYPE = "Replace";

  static Decoder of(JsonPart part) {
    Regex pattern = Regex.read(part.get("pattern"));
    String content = part.get("content").text();
    if (!pattern.isLiteral()) {
      return new RegexDecoder(pattern, content);
    }
    String text = pattern.pattern();
    if (text.isEmpty()) {
      throw part.get("pattern").wrong("a text that isn't empty");
    }
    return new ReplaceDecoder(text, content);
  }

  private String change(String token, boolean first) {
    return token.replace(pattern, content);
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    return new EachToken(this::change, next);
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.each(this::change);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).putObject("pattern").put("String", pattern);
    json.put("content", content);
  }
}
