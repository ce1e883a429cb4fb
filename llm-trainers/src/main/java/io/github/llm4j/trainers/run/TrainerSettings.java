package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.trainers.schedule.Schedule;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a model learns.
 *
 * @param steps optimizer steps
 * @param epochs how often the training text is gone through, instead of steps
 * @param batch size of a step
 * @param precision types that are computed in
 * @param optimizer turns gradients into new parameters
 * @param schedule learning rate of each step
 * @param clipNorm bound of the gradient's norm; 0 for none
 * @param ema average of the weights, if one is kept
 * @param evaluate when the validation loss is measured
 * @param samples what the model writes at each evaluation
 * @param earlyStop when training ends before its last step, if ever
 * @param checkpoint when checkpoints are written
 * @param log when steps are reported
 */
@Doc("How a model learns.")
public record TrainerSettings(
    @Doc("Optimizer steps; give these or epochs.") Optional<Long> steps,
    @Doc("How often the training text is gone through.") Optional<Double> epochs,
    @Doc("Size of a step.") BatchSettings batch,
    @Doc("Types that are computed in.") @Default("f32") Precision precision,
    @Doc("Turns gradients into new parameters.") @Default("adamw")
        ComponentSpec<Optimizer> optimizer,
    @Doc("Learning rate of each step.") @Default("cosine") ComponentSpec<Schedule> schedule,
    @Doc("Bound of the gradient's norm; 0 for none.") @Default("1") double clipNorm,
    @Doc("Average of the weights, for evaluations and saved models.") Optional<EmaSettings> ema,
    @Doc("When the validation loss is measured.") @Default("{}") EvaluateSettings evaluate,
    @Doc("What the model writes at each evaluation.") @Default("{}") SampleSettings samples,
    @Doc("When training ends before its last step.") Optional<EarlyStopSettings> earlyStop,
    @Doc("When checkpoints are written.") @Default("{}") CheckpointSettings checkpoint,
    @Doc("When steps are reported.") @Default("{}") LogSettings log) {

  /** Checks that the length is given once. */
  public TrainerSettings {
    Check.that(
        steps.isPresent() != epochs.isPresent(),
        "steps",
        "either steps or epochs",
        steps.isPresent() ? "both" : "neither");
    steps.ifPresent(n -> Check.that(n > 0 && n < 1L << 31, "steps", "from 1 to 2^31 - 1", n));
    epochs.ifPresent(n -> Check.that(n > 0, "epochs", "above 0", n));
    Check.that(clipNorm >= 0, "clip-norm", "0 or more", clipNorm);
  }

  /** Steps of the run, if they don't depend on the length of the text. */
  public OptionalLong knownSteps() {
    return steps.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** Steps of the run. */
  long steps(long trainTokens, long tokensPerStep) {
    return steps.orElseGet(
        () ->
            (long) Math.ceil(epochs.orElseThrow() * (double) trainTokens / (double) tokensPerStep));
  }
}
