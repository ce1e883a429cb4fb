package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.component.ComponentProvider;

/**
 * A component that can be named in a config.
 *
 * @param kind its kind
 * @param type its name
 * @param provider who builds it
 * @param source where the provider comes from
 */
public record Entry(Kind kind, String type, ComponentProvider<?, ?, ?> provider, Source source) {}
