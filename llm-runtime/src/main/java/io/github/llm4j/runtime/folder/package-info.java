/**
 * Models as folders in the Hugging Face layout: {@link io.github.llm4j.runtime.folder.ModelFolder}.
 * What only training needs must not go in.
 */
@NullMarked
package io.github.llm4j.runtime.folder;

import org.jspecify.annotations.NullMarked;
