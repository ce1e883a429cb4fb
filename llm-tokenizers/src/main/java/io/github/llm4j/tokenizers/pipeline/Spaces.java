package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What decodes where a file names no decoder: tokens are joined by spaces. */
record Spaces() implements Decoder {
  @Override
  public DecoderStage open(DecoderStage next) {
    return new DecoderStage() {
      private boolean first = true;

      @Override
      public void piece(String piece) {
        next.piece(first ? piece : " " + piece);
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
    plan.each((token, first) -> first ? token : " " + token);
  }

  @Override
  public void write(ObjectNode json) {}
}
