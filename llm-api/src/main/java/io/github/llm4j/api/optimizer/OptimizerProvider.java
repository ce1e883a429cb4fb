package io.github.llm4j.api.optimizer;

import io.github.llm4j.api.component.ComponentProvider;

/**
 * Names an optimizer and builds it.
 *
 * @param <S> its settings
 */
public interface OptimizerProvider<S extends Record>
    extends ComponentProvider<Optimizer, S, OptimizerContext> {}
