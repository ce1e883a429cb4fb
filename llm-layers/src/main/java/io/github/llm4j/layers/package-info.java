/**
 * What models are made of: embeddings, norms, attention, feed-forward, blocks and assemblies.
 *
 * <p>Nothing that computes numbers itself may go in: layers call ops.
 */
@NullMarked
package io.github.llm4j.layers;

import org.jspecify.annotations.NullMarked;
