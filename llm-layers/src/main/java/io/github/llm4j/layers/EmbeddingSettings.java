package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.layer.Layer;
import java.util.Optional;

/**
 * How ids become vectors.
 *
 * @param position what is added for the place
 */
@Doc("A learned vector for each id, and what is added for its place.")
public record EmbeddingSettings(
    @Doc("what is added for the place; learned, or none if attention has a position, if absent")
        Optional<ComponentSpec<Layer>> position) {}
