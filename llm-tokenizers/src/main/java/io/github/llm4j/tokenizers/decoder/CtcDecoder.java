package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code CTC}: of equal neighbours one is left, then pads are taken away. Graves et al. 2006.
 *
 * @param padToken the blank of the paper, which parts equal tokens
 * @param wordDelimiterToken what becomes a space
 * @param cleanup whether word delimiters are replaced, and spaces before punctuation taken away
 */
public record CtcDecoder(String padToken, String wordDelimiterToken, boolean cleanup)
    implements Decoder {
  static final String TYPE = "CTC";

  static CtcDecoder of(JsonPart part) {
    return new CtcDecoder(
        part.get("pad_token").text(),
        part.get("word_delimiter_token").text(),
        part.get("cleanup").flag(true));
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    return new TokenStage(next) {
      private @Nullable String before;

      @Override
      protected void token(String token) {
        if (token.equals(before)) {
          return;
        }
        before = token;
        String changed = token.replace(padToken, "");
        if (cleanup) {
          changed = Cleanup.of(changed).replace(wordDelimiterToken, " ");
        }
        if (!changed.isEmpty()) {
          give(changed);
        }
      }

      @Override
      protected void last() {
        before = null;
      }
    };
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.other();
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE)
        .put("pad_token", padToken)
        .put("word_delimiter_token", wordDelimiterToken)
        .put("cleanup", cleanup);
  }
}
