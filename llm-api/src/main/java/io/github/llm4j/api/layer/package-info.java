/**
 * Layers and assemblies: {@link io.github.llm4j.api.layer.Layer} maps a stream to itself, {@link
 * io.github.llm4j.api.layer.Assembly} named tensors to named tensors. No concrete layer belongs
 * here.
 */
@NullMarked
package io.github.llm4j.api.layer;

import org.jspecify.annotations.NullMarked;
