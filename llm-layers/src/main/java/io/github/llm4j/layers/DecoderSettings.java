package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.layer.Layer;
import java.util.Optional;

/**
 * Settings of {@code decoder}.
 *
 * @param layers number of blocks (L)
 * @param dModel width of the stream (C)
 * @param contextLength greatest length of a text (T)
 * @param embedding how ids become vectors
 * @param block what each block consists of
 * @param norm what stands behind the last block
 * @param head how states become logits
 * @param dropout probability of dropout behind the embedding and each branch
 * @param recompute whether blocks are computed again in the backward pass
 */
@Doc("A decoder: each token sees those before it; GPT- and Llama-style models.")
public record DecoderSettings(
    @Doc("number of blocks") int layers,
    @Doc("width of the stream") int dModel,
    @Doc("greatest length of a text in tokens") int contextLength,
    @Doc("how ids become vectors") @Default("{}") EmbeddingSettings embedding,
    @Doc("what each block consists of") @Default("{}") BlockSettings block,
    @Doc("what stands behind the last block; the block's norm if absent")
        Optional<ComponentSpec<Layer>> norm,
    @Doc("how states become logits") @Default("{}") HeadSettings head,
    @Doc("probability of dropout behind the embedding and each branch") @Default("0")
        double dropout,
    @Doc("whether blocks are computed again in the backward pass: less memory, a third more work")
        @Default("false")
        boolean recompute) {

  /** Checks the ranges. */
  public DecoderSettings {
    Ranges.positive("layers", layers);
    Ranges.positive("d-model", dModel);
    Ranges.positive("context-length", contextLength);
    Ranges.probability("dropout", dropout);
  }

  StackSettings stack() {
    return new StackSettings(layers, embedding, block, norm, dropout, recompute);
  }
}
