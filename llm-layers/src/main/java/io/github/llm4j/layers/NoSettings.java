package io.github.llm4j.layers;

import io.github.llm4j.api.component.Doc;

/** Settings of components without any key. */
@Doc("Has no keys.")
public record NoSettings() {}
