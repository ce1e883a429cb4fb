package io.github.llm4j.trainers.loop;

import java.util.OptionalDouble;

/**
 * How long a run trains and when it reports.
 *
 * @param seed seed of batches and of dropout
 * @param steps optimizer steps
 * @param rows rows of a step, a multiple of the micro-batch's
 * @param logEvery steps between two reports
 * @param evaluateEvery steps between two evaluations; 0 for one at the end alone
 * @param patience evaluations in a row without a better loss behind which training ends; 0 for
 *     never
 * @param minDelta how much better counts
 * @param ceiling floating-point operations a second of products at best, if measured
 */
public record TrainerOptions(
    long seed,
    long steps,
    int rows,
    long logEvery,
    long evaluateEvery,
    int patience,
    double minDelta,
    OptionalDouble ceiling) {}
