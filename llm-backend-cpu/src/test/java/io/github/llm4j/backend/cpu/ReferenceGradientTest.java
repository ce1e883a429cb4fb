package io.github.llm4j.backend.cpu;

import io.github.llm4j.testkit.GradientContract;

/** Gradients of every op. */
class ReferenceGradientTest extends GradientContract {}
