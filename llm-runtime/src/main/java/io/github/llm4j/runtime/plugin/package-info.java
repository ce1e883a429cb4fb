/**
 * Finds the components that jars bring: {@link io.github.llm4j.runtime.plugin.Registry}. What a
 * component's settings mean doesn't belong here.
 */
@NullMarked
package io.github.llm4j.runtime.plugin;

import org.jspecify.annotations.NullMarked;
