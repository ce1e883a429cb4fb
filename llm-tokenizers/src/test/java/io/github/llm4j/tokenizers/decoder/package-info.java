@NullMarked
package io.github.llm4j.tokenizers.decoder;

import org.jspecify.annotations.NullMarked;
