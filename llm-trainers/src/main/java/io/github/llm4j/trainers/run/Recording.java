package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.TrainingListener;

/**
 * Writes metrics and checkpoints, and passes reports on.
 *
 * @param saver writes checkpoints
 * @param metrics what was measured
 * @param sampling lets the model write
 * @param reporting keeps the run's report
 * @param listener sees how the run goes
 */
record Recording(
    Saver saver, MetricsFile metrics, Sampling sampling, Reporting reporting, RunListener listener)
    implements TrainingListener {

  @Override
  public void step(StepReport report) {
    metrics.step(report);
    listener.step(report);
  }

  @Override
  public void evaluated(EvaluationReport report) {
    metrics.evaluated(report);
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
