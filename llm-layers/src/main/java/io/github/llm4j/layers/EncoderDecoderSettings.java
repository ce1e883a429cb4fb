package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.layer.Layer;
import java.util.Optional;

/**
 * Settings of {@code encoder-decoder}.
 *
 * @param dModel width of the stream (C)
 * @param contextLength greatest length of a text (T)
 * @param embedding how ids become vectors, the same for both
 * @param encoder the encoder's blocks
 * @param decoder the decoder's blocks
 * @param head how states become logits
 * @param dropout probability of dropout behind the embedding and each branch
 * @param recompute whether blocks are computed again in the backward pass
 */
@Doc("An encoder-decoder: reads one text and writes another; T5- and BART-style models.")
public record EncoderDecoderSettings(
    @Doc("width of the stream") int dModel,
    @Doc("greatest length of a text in tokens") int contextLength,
    @Doc("how ids become vectors, the same for both") @Default("{}") EmbeddingSettings embedding,
    @Doc("the encoder's blocks") Side encoder,
    @Doc("the decoder's blocks") Side decoder,
    @Doc("how states become logits") @Default("{}") HeadSettings head,
    @Doc("probability of dropout behind the embedding and each branch") @Default("0")
        double dropout,
    @Doc("whether blocks are computed again in the backward pass: less memory, a third more work")
        @Default("false")
        boolean recompute) {

  /**
   * One of the two sides.
   *
   * @param layers number of blocks (L)
   * @param block what each block consists of
   * @param norm what stands behind the last block
   */
  @Doc("Blocks of one side.")
  public record Side(
      @Doc("number of blocks") int layers,
      @Doc("what each block consists of") @Default("{}") BlockSettings block,
      @Doc("what stands behind the last block; the block's norm if absent")
          Optional<ComponentSpec<Layer>> norm) {

    /** Checks the ranges. */
    public Side {
      Ranges.positive("layers", layers);
    }
  }

  /** Checks the ranges. */
  public EncoderDecoderSettings {
    Ranges.positive("d-model", dModel);
    Ranges.positive("context-length", contextLength);
    Ranges.probability("dropout", dropout);
  }

  StackSettings stack(Side side) {
    return new StackSettings(
        side.layers(), embedding, side.block(), side.norm(), dropout, recompute);
  }
}
