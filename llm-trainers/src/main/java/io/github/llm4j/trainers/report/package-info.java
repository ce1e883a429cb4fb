/**
 * What a run's folder says of it: {@link io.github.llm4j.trainers.report.RunRecord} and {@link
 * io.github.llm4j.trainers.report.Metrics}. Nothing that trains may go in.
 */
@NullMarked
package io.github.llm4j.trainers.report;

import org.jspecify.annotations.NullMarked;
