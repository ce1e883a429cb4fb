package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;

/**
 * {@code Metaspace}: a character stands for a space. In the first token it stands for nothing,
 * wherever it is, unless texts begin without one.
 *
 * @param replacement what stands for a space: {@code ▁}
 * @param scheme which pieces are given one: {@code first}, {@code never} or {@code always}
 * @param split whether the pre-tokenizer cuts; changes nothing here
 */
public record MetaspaceDecoder(String replacement, String scheme, boolean split)
    implements Decoder {
  static final String TYPE = "Metaspace";
  private static final String NEVER = "never";

  static MetaspaceDecoder of(JsonPart part) {
    String scheme = part.get("prepend_scheme").textOrEmpty();
    if (!part.get("add_prefix_space").flag(true)) {
      scheme = NEVER;
    } else if (scheme.isEmpty()) {
      scheme = "always";
    } else if (!scheme.equals("first") && !scheme.equals(NEVER) && !scheme.equals("always")) {
      throw part.get("prepend_scheme").wrong("first, never or always");
    }
    return new MetaspaceDecoder(
        part.get("replacement").character(), scheme, part.get("split").flag(true));
  }

  private String change(String token, boolean first) {
    return token.replace(replacement, first && !scheme.equals(NEVER) ? "" : " ");
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    return new DecoderStage() {
      private boolean first = true;

      @Override
      public void piece(String piece) {
        next.piece(change(piece, first));
      }

      @Override
      public void tokenEnd() {
        first = false;
        next.tokenEnd();
      }

      @Override
      public void end() {
        first = true;
        next.end();
      }
    };
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.each(this::change);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE)
        .put("replacement", replacement)
        .put("prepend_scheme", scheme)
        .put("split", split);
  }
}
