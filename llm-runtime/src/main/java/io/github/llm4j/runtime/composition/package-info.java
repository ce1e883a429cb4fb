/**
 * The composition root: {@link io.github.llm4j.runtime.composition.Workplace} puts threads, plugins
 * and backend together. The injector stays inside; what is put together knows nothing of it.
 */
@NullMarked
package io.github.llm4j.runtime.composition;

import org.jspecify.annotations.NullMarked;
