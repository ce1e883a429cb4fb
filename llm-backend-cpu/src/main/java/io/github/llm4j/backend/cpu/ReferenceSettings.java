package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.component.Doc;

/** Settings of the reference backend: none. */
@Doc("The scalar reference, one element after the other: for tests.")
public record ReferenceSettings() {}
