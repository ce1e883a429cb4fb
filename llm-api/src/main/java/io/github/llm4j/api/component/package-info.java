/**
 * The one shape of everything that a config can name: {@link
 * io.github.llm4j.api.component.ComponentProvider}. No config library's types belong here.
 */
@NullMarked
package io.github.llm4j.api.component;

import org.jspecify.annotations.NullMarked;
