package io.github.llm4j.trainers.loop;

/** Sees how training goes; called on the training thread. */
public interface TrainingListener {

  /** A step of which a report is due. */
  default void step(StepReport report) {}

  /** An evaluation; the model is as it was measured. */
  default void evaluated(EvaluationReport report) {}

  /** A step is done, with its report and evaluation where they were due. */
  default void done(LoopState state) {}
}
