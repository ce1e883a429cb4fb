@NullMarked
package io.github.llm4j.trainers.checkpoint;

import org.jspecify.annotations.NullMarked;
