package io.github.llm4j.api.layer;

import io.github.llm4j.api.component.ComponentProvider;

/**
 * Names a kind of model and builds it.
 *
 * @param <S> its settings
 */
public interface AssemblyProvider<S extends Record>
    extends ComponentProvider<Assembly, S, AssemblyContext> {}
