/**
 * The SPI: the types that every plugin is written against.
 *
 * <p>Nothing that needs more than the JDK, and no type of a config, injection or JSON library, may
 * go in.
 */
@NullMarked
package io.github.llm4j.api;

import org.jspecify.annotations.NullMarked;
