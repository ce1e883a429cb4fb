/**
 * Layers and the three assemblies, each a composition of small parts: start at {@link
 * io.github.llm4j.layers.DecoderProvider}. Kernels, training and file formats must not go in.
 */
@NullMarked
package io.github.llm4j.layers;

import org.jspecify.annotations.NullMarked;
