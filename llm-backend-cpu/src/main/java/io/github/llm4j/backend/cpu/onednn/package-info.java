/**
 * Matrix products by oneDNN, called through the foreign function interface: {@link
 * io.github.llm4j.backend.cpu.onednn.OneDnnProducts}. Everything that is no product must not go in.
 */
@NullMarked
package io.github.llm4j.backend.cpu.onednn;

import org.jspecify.annotations.NullMarked;
