package io.github.llm4j.api.layer;

import io.github.llm4j.api.component.ComponentProvider;

/**
 * Names a layer and builds it.
 *
 * @param <S> its settings
 */
public interface LayerProvider<S extends Record>
    extends ComponentProvider<Layer, S, LayerContext> {}
