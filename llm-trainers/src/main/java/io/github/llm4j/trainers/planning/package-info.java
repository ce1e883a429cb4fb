/**
 * What a run will cost, said before it begins: {@link
 * io.github.llm4j.trainers.planning.RunPlanner}. How it is printed must not go in.
 */
@NullMarked
package io.github.llm4j.trainers.planning;

import org.jspecify.annotations.NullMarked;
