package io.github.llm4j.tokenizers.decoder;

import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.TokenStage;

/** Changes each token by itself. */
final class EachToken extends TokenStage {
  private final DecoderPlan.Each change;
  private boolean first = true;

  EachToken(DecoderPlan.Each change, DecoderStage next) {
    super(next);
    this.change = change;
  }

  @Override
  protected void token(String token) {
    give(change.change(token, first));
    first = false;
  }

  @Override
  protected void last() {
    first = true;
  }
}
