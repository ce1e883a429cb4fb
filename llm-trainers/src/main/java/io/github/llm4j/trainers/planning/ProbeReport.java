package io.github.llm4j.trainers.planning;

import java.util.OptionalLong;

/**
 * How long steps took that were run to see it.
 *
 * @param steps steps that were measured, behind those that warmed up
 * @param stepSeconds median of a step
 * @param fastest seconds of the fastest step
 * @param slowest seconds of the slowest step
 * @param tokensPerSecond tokens of a step, by the median
 * @param share what a step's operations reach of the rate that a lone product reaches
 * @param peakBytes what the process has held at most; known on Linux alone
 */
public record ProbeReport(
    int steps,
    double stepSeconds,
    double fastest,
    double slowest,
    double tokensPerSecond,
    double share,
    OptionalLong peakBytes) {}
