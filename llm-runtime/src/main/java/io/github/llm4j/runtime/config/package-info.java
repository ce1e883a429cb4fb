/**
 * Reads HOCON onto settings records and says all that is wrong at once: {@link
 * io.github.llm4j.runtime.config.Binder}. What a setting means belongs to the component that
 * declares it.
 */
@NullMarked
package io.github.llm4j.runtime.config;

import org.jspecify.annotations.NullMarked;
