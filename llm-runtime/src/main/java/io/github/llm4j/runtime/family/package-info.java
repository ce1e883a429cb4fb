/**
 * Model families as HOCON files: what config.json means, and how tensors are called, both ways:
 * {@link io.github.llm4j.runtime.family.Family}. No class named after a family goes in.
 */
@NullMarked
package io.github.llm4j.runtime.family;

import org.jspecify.annotations.NullMarked;
