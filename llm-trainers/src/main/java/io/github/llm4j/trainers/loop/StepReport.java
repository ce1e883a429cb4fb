package io.github.llm4j.trainers.loop;

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
 */
public record StepReport(
    long step,
    long steps,
    double loss,
    double lr,
    double norm,
    double tokensPerSecond,
    double secondsLeft) {}
