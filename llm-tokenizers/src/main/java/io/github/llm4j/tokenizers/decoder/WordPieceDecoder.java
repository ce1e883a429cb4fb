package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;

/**
 * {@code WordPiece}: a token goes on with a word if it has the prefix, else a space parts them.
 *
 * @param prefix as {@code ##}
 * @param cleanup whether spaces before punctuation are taken away
 */
public record WordPieceDecoder(String prefix, boolean cleanup) implements Decoder {
  static final String TYPE = "WordPiece";

  static WordPieceDecoder of(JsonPart part) {
    return new WordPieceDecoder(part.get("prefix").text(), part.get("cleanup").flag(true));
  }

  private String change(String token, boolean first) {
    String joined =
        first ? token : token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
    return cleanup ? Cleanup.of(joined) : joined;
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
    json.put("type", TYPE).put("prefix", prefix).put("cleanup", cleanup);
  }
}
