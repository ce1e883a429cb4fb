package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.layer.Layer;
import java.util.Optional;

/**
 * What each block of a model consists of.
 *
 * @param norm what each branch begins with
 * @param attention how tokens look at each other
 * @param crossAttention how a decoder's tokens look at the encoder
 * @param feedForward what is done to each token
 */
@Doc("A block: residual branches, each of which begins with a norm.")
public record BlockSettings(
    @Doc("what each branch begins with") @Default("layer-norm") ComponentSpec<Layer> norm,
    @Doc("how tokens look at each other") @Default("attention") ComponentSpec<Layer> attention,
    @Doc("how a decoder's tokens look at the encoder; of an encoder-decoder only")
        Optional<ComponentSpec<Layer>> crossAttention,
    @Doc("what is done to each token") @Default("mlp") ComponentSpec<Layer> feedForward) {}
