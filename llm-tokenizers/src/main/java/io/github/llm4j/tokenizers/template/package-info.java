/**
 * Jinja templates as chat templates use them: {@link io.github.llm4j.tokenizers.template.Template}.
 * What a conversation is must not go in, nor anything that reads files, loads classes or reaches
 * the network.
 */
@NullMarked
package io.github.llm4j.tokenizers.template;

import org.jspecify.annotations.NullMarked;
