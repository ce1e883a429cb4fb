package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.Tensor;
import java.util.Optional;

/**
 * The encoder's states, for a decoder that looks at them.
 *
 * @param states {@code [B, S, C]}
 * @param mask {@code [B, S]} (U8): 0 where a state is padding, if any is
 */
public record Memory(Tensor states, Optional<Tensor> mask) {}
