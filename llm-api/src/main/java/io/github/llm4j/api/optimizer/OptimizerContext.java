package io.github.llm4j.api.optimizer;

/** What an optimizer is built with: so far, nothing but its settings. */
public record OptimizerContext() {}
