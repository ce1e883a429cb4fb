/** A whole run from its settings: its settings and its folder. Arithmetic must not go in. */
@NullMarked
package io.github.llm4j.trainers.run;

import org.jspecify.annotations.NullMarked;
