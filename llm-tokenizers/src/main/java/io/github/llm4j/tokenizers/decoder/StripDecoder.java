package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;

/**
 * {@code Strip}: a character is cut off at the ends of tokens.
 *
 * @param content the character
 * @param start how often at most at a token's beginning
 * @param stop how often at most at its end
 */
public record StripDecoder(String content, int start, int stop) implements Decoder {
  static final String TYPE = "Strip";

  static StripDecoder of(JsonPart part) {
    return new StripDecoder(
        part.get("content").character(), part.get("start").size(), part.get("stop").size());
  }

  private String change(String token, boolean first) {
    int from = 0;
    for (int i = 0; i < start && token.startsWith(content, from); i++) {
      from += content.length();
    }
    int to = token.length();
    for (int i = 0; i < stop && to - content.length() >= from && endsAt(token, to); i++) {
      to -= content.length();
    }
    return token.substring(from, to);
  }

  private boolean endsAt(String token, int to) {
    return token.startsWith(content, to - content.length());
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    return new DecoderStage() {
      private int starts = start;
      private int held;

      @Override
      public void piece(String piece) {
        int from = 0;
        while (starts > 0 && piece.startsWith(content, from)) {
          from += content.length();
          starts--;
        }
        if (from == piece.length()) {
          return;
        }
        starts = 0;
        int to = piece.length();
        int run = 0;
        while (to > from && endsAt(piece, to)) {
          to -= content.length();
          run++;
        }
        if (to > from) {
          next.piece(content.repeat(held) + piece.substring(from, to));
          held = 0;
        }
        int keep = (int) Math.min(stop, (long) held + run);
        next.piece(content.repeat(held + run - keep));
        held = keep;
      }

      @Override
      public void tokenEnd() {
        starts = start;
        held = 0;
        next.tokenEnd();
      }

      @Override
      public void end() {
        next.end();
      }
    };
  }

  @Override
  public void describe(DecoderPlan plan) {
    if (stop == 0) {
      plan.cut(content.codePointAt(0), start, this::change);
    } else {
      plan.atBothEnds(this::change);
    }
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put("content", content).put("start", start).put("stop", stop);
  }
}
