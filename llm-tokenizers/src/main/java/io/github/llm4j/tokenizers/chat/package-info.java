/**
 * Conversations as texts and tokens: {@link io.github.llm4j.tokenizers.chat.ChatTemplate}. How
 * templates are parsed and carried out must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.chat;

import org.jspecify.annotations.NullMarked;
