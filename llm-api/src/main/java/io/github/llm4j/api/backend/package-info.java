/**
 * What computes: {@link io.github.llm4j.api.backend.Backend} gives memory and kernels. Autograd,
 * shapes and lifetimes must not go in; they are settled before a kernel is asked for.
 */
@NullMarked
package io.github.llm4j.api.backend;

import org.jspecify.annotations.NullMarked;
