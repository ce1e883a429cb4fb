package io.github.llm4j.trainers.loop;

import java.util.OptionalDouble;

/**
 * What one step gave.
 *
 * @param step counts from 1
 * @param steps steps of the run
 * @param loss mean loss of the step's targets before the update, in nats
 * @param lr learning rate
 * @param norm norm of the gradient before clipping
 * @param tokensPerSecond targets a second since the report before, evaluations left out
 * @param secondsLeft training time left at that speed
 * @param share of the machine's ceiling that the products reach, from 0 to 1; empty if it isn't
 *     known
 * @param tokens targets learned from so far
 * @param elapsed seconds of training so far
 */
public record StepReport(
    long step,
    long steps,
    double loss,
    double lr,
    double norm,
    double tokensPerSecond,
    double secondsLeft,
    OptionalDouble share,
    long tokens,
    double elapsed) {}
