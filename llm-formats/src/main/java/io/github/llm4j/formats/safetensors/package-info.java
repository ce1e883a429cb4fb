/**
 * Reads and writes safetensors files: {@link io.github.llm4j.formats.safetensors.SafetensorsFile}.
 * What a tensor is called in a model, and what it means, must not go in.
 */
@NullMarked
package io.github.llm4j.formats.safetensors;

import org.jspecify.annotations.NullMarked;
