package io.github.llm4j.cli;

import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.run.RunFacts;
import io.github.llm4j.trainers.run.RunListener;
import io.github.llm4j.trainers.run.SampleReport;
import java.nio.file.Path;
import java.util.Locale;

/** Shows how a run goes: steps on the live line, or as lines of a log; all else as lines. */
final class TrainingProgress implements RunListener {
  /** Characters of a sample that are shown; the report has all. */
  private static final int SHOWN = 68;

  private final LiveLine line;

  TrainingProgress(LiveLine line) {
    this.line = line;
  }

  @Override
  public void learning(String unit, long done, long total) {
    line.show(
        total == 0
            ? String.format(Locale.ROOT, "learning the tokenizer: %,d %s", done, unit)
            : String.format(
                Locale.ROOT, "learning the tokenizer: %,d of %,d %s", done, total, unit));
  }

  @Override
  public void learned(int vocabSize, boolean before, double seconds) {
    line.print(
        before
            ? String.format(Locale.ROOT, "tokenizer: %,d ids, learned before", vocabSize)
            : String.format(
                Locale.ROOT, "tokenizer: %,d ids, learned in %.1f s", vocabSize, seconds));
  }

  @Override
  public void tokenizing(Path text, long done, long total) {
    line.show("tokenizing %s: %d %%".formatted(text, total == 0 ? 100 : 100 * done / total));
  }

  @Override
  public void started(RunFacts facts) {
    line.print("backend: " + facts.backend());
    line.print(facts.backendDescription());
    line.print(
        String.format(
            Locale.ROOT,
            "model: %,d parameters, vocabulary of %,d; %s of parameters and optimizer, %s of"
                + " activations",
            facts.parameters(),
            facts.vocabSize(),
            bytes(facts.parameterBytes()),
            bytes(facts.activationBytes())));
    line.print(
        String.format(
            Locale.ROOT,
            "data: %,d tokens to train on, %,d to validate on; %,d steps of %,d tokens",
            facts.trainTokens(),
            facts.validationTokens(),
            facts.steps(),
            facts.tokensPerStep()));
    line.print("run: " + facts.folder());
  }

  @Override
  public void resumed(long step, Path checkpoint) {
    line.print("resumed behind step %d, from %s".formatted(step, checkpoint));
  }

  @Override
  public void warning(String text) {
    line.print("warning: " + text);
  }

  @Override
  public void step(StepReport report) {
    String text =
        String.format(
            Locale.ROOT,
            "step %d of %d: loss %.4f, %.0f tokens/s%s, %s left",
            report.step(),
            report.steps(),
            report.loss(),
            report.tokensPerSecond(),
            share(report),
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
            "step %d: %s loss %.4f over %d tokens%s, in %s",
            report.step(),
            report.set(),
            report.loss(),
            report.targets(),
            report.best() ? ", the best so far" : "",
            Durations.text(report.seconds())));
  }

  @Override
  public void sampled(SampleReport sample) {
    String text = (sample.prompt() + sample.text()).strip().replaceAll("\\s+", " ");
    int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
    line.print("  sample: " + text.substring(0, end) + (end < text.length() ? "…" : ""));
  }

  private static String share(StepReport report) {
    return report.share().isPresent()
        ? String.format(Locale.ROOT, ", %.0f %% of ceiling", 100 * report.share().getAsDouble())
        : "";
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", (double) bytes / (1 << 20));
  }
}
