package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.TrainingListener;
import io.github.llm4j.trainers.report.EventFile;
import io.github.llm4j.trainers.report.Metrics;
import java.io.IOException;
import java.time.Instant;

/** Writes reports as events for TensorBoard, each at once. */
final class Events implements TrainingListener, AutoCloseable {
  private final RunFolder folder;
  private final EventFile file;

  /**
   * Goes on behind what the folder's metrics say; they have been cut to where the run goes on from.
   *
   * @param begun when the run began
   */
  Events(RunFolder folder, Instant begun) {
    this.folder = folder;
    try {
      file =
          new EventFile(
              folder.events(), (double) begun.getEpochSecond(), Metrics.read(folder.metrics()));
    } catch (IOException e) {
      throw RunFolder.refused(folder.events(), e);
    }
  }

  @Override
  public void step(StepReport report) {
    Metrics.Place at = new Metrics.Place(report.step(), report.tokens(), report.elapsed());
    try {
      file.add(
          new Metrics.Step(
              at,
              report.loss(),
              report.lr(),
              report.norm(),
              report.tokensPerSecond(),
              report.share().orElse(Double.NaN)));
    } catch (IOException e) {
      throw RunFolder.refused(folder.events(), e);
    }
  }

  @Override
  public void evaluated(EvaluationReport report) {
    Metrics.Place at = new Metrics.Place(report.step(), report.tokens(), report.elapsed());
    try {
      file.add(
          new Metrics.Evaluation(at, report.set(), report.loss(), report.targets(), report.best()));
    } catch (IOException e) {
      throw RunFolder.refused(folder.events(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw RunFolder.refused(folder.events(), e);
    }
  }
}
