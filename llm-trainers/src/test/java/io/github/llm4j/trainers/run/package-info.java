/** Tests of the package of the same name. */
@NullMarked
package io.github.llm4j.trainers.run;

import org.jspecify.annotations.NullMarked;
