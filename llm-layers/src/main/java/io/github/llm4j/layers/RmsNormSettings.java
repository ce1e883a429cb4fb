package io.github.llm4j.layers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * Settings of {@code rms-norm}.
 *
 * @param eps added to the mean square
 */
@Doc("Normalization to mean square 1 over the width, with a gain.")
public record RmsNormSettings(@Doc("added to the mean square") @Default("1e-6") double eps) {}
