/** Tests of the package of the same name. */
@NullMarked
package io.github.llm4j.trainers.optimizer;

import org.jspecify.annotations.NullMarked;
