/**
 * Matrix products: what an op is as a {@link io.github.llm4j.backend.cpu.product.Product}, and
 * {@link io.github.llm4j.backend.cpu.product.PanelProducts} for where the native library is
 * missing. Nothing else belongs here.
 */
@NullMarked
package io.github.llm4j.backend.cpu.product;

import org.jspecify.annotations.NullMarked;
