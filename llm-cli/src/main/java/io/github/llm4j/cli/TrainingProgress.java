package io.github.llm4j.cli;

import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.TrainingListener;
import java.util.Locale;

/** Shows how training goes: steps on the live line, or as lines of a log; evaluations as lines. */
final class TrainingProgress implements TrainingListener {
  private final LiveLine line;

  TrainingProgress(LiveLine line) {
    this.line = line;
  }

  @Override
  public void step(StepReport report) {
    String text =
        String.format(
            Locale.ROOT,
            "step %d of %d: loss %.4f, %.0f tokens/s, %s left",
            report.step(),
            report.steps(),
            report.loss(),
            report.tokensPerSecond(),
            Durations.text(report.secondsLeft()));
    if (line.live()) {
      line.show(text);
    } else {
      line.print(text);
    }
  }

  @Override
  public void evaluated(EvaluationReport report) {
    line.print(
        String.format(
            Locale.ROOT,
            "step %d: validation loss %.4f over %d tokens%s, in %s",
            report.step(),
            report.loss(),
            report.targets(),
            report.best() ? ", the best so far" : "",
            Durations.text(report.seconds())));
  }
}
