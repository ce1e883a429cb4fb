package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Layer;
import java.util.Optional;

/**
 * What embedding and blocks of an assembly are made of.
 *
 * @param layers number of blocks (L)
 * @param embedding how ids become vectors
 * @param block what each block consists of
 * @param norm what stands behind the last block; the block's norm if absent
 * @param dropout probability of dropout behind the embedding and each branch
 * @param recompute whether blocks are computed again in the backward pass
 */
record StackSettings(
    int layers,
    EmbeddingSettings embedding,
    BlockSettings block,
    Optional<ComponentSpec<Layer>> norm,
    double dropout,
    boolean recompute) {}
