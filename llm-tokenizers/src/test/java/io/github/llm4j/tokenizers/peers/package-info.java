/** The originals beside ours: the same ids, ranges and texts. */
@NullMarked
package io.github.llm4j.tokenizers.peers;

import org.jspecify.annotations.NullMarked;
