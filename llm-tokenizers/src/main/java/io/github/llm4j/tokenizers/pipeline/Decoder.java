package io.github.llm4j.tokenizers.pipeline;

/** Makes a text of tokens. Threading: immutable. */
public interface Decoder extends Component {

  /** Makes a stage that hands on tokens as it changes them. */
  DecoderStage open(DecoderStage next);

  /** Says what becomes of tokens, so that it can be prepared for each id once. */
  void describe(DecoderPlan plan);
}
