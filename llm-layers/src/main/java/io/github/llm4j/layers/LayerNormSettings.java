package io.github.llm4j.layers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * Settings of {@code layer-norm}.
 *
 * @param eps added to the variance
 * @param bias whether it has a bias
 */
@Doc("Normalization to mean 0 and variance 1 over the width, with gain and bias.")
public record LayerNormSettings(
    @Doc("added to the variance") @Default("1e-5") double eps,
    @Doc("whether it has a bias") @Default("true") boolean bias) {}
