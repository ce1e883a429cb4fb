package io.github.llm4j.trainers.loop;

import java.util.OptionalDouble;

/**
 * How training ended.
 *
 * @param steps steps done
 * @param interrupted whether it was told to stop
 * @param loss loss of the last step
 * @param validationLoss the last evaluation's loss, if there was one
 * @param bestValidationLoss the best evaluation's loss, if there was one
 * @param seconds whole time
 */
public record TrainingResult(
    long steps,
    boolean interrupted,
    double loss,
    OptionalDouble validationLoss,
    OptionalDouble bestValidationLoss,
    double seconds) {}
