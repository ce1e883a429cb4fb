/**
 * What stands around texts that become inputs of a model, as tokenizer.json has it:
 * post-processors, truncation, padding: {@link io.github.llm4j.tokenizers.frame.FrameFile}. What
 * makes tokens of a text must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.frame;

import org.jspecify.annotations.NullMarked;
