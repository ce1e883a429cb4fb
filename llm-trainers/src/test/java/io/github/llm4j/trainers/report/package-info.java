/** Tests of the package of the same name. */
@NullMarked
package io.github.llm4j.trainers.report;

import org.jspecify.annotations.NullMarked;
