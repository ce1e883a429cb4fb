package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.TokenStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code BPEDecoder}: the suffix by which words end becomes a space, but for the last token's. One
 * token is held back, since it may be the last.
 *
 * @param suffix as {@code </w>}
 */
public record BpeDecoder(String suffix) implements Decoder {
  static final String TYPE = "BPEDecoder";

  @Override
  public DecoderStage open(DecoderStage next) {
    return new TokenStage(next) {
      private @Nullable String before;

      @Override
      protected void token(String token) {
        if (before != null) {
          give(before.replace(suffix, " "));
        }
        before = token;
      }

      @Override
      protected void last() {
        if (before != null) {
          give(before.replace(suffix, ""));
          before = null;
        }
      }
    };
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.other();
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put("suffix", suffix);
  }
}
