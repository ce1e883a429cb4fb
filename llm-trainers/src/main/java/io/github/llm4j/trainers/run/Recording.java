package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.TrainingListener;

/**
 * Writes metrics, events and checkpoints, and passes reports on.
 *
 * @param saver writes checkpoints
 * @param metrics what was measured
 * @param events the same for TensorBoard
 * @param sampling lets the model write
 * @param reporting keeps the run's report
 * @param listener sees how the run goes
 */
record Recording(
    Saver saver,
    MetricsFile metrics,
    Events events,
    Sampling sampling,
    Reporting reporting,
    RunListener listener)
    implements TrainingListener {

  @Override
  public void step(StepReport report) {
    metrics.step(report);
    events.step(report);
    listener.step(report);
  }

  @Override
  public void evaluated(EvaluationReport report) {
    metrics.evaluated(report);
    events.evaluated(report);
    listener.evaluated(report);
    sampling.write(report, metrics, listener);
  }

  @Override
  public void done(LoopState state) {
    saver.saveIfDue(state, metrics, listener);
    if (state.evaluated() == state.step()) {
      reporting.write();
    }
    listener.done(state);
  }
}
