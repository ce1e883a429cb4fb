package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.TrainingListener;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes reports as JSON objects, one a line, each at once. */
final class MetricsFile implements TrainingListener, AutoCloseable {
  private final Path path;
  private final Writer out;

  MetricsFile(Path path) {
    this.path = path;
    try {
      this.out = Files.newBufferedWriter(path);
    } catch (IOException e) {
      throw RunFolder.refused(path, e);
    }
  }

  @Override
  public void step(StepReport report) {
    line(
        String.format(
            Locale.ROOT,
            "{\"step\":%d,\"loss\":%s,\"lr\":%s,\"gradient-norm\":%s,\"tokens-per-second\":%.1f,\"share-of-ceiling\":%s}",
            report.step(),
            report.loss(),
            report.lr(),
            report.norm(),
            report.tokensPerSecond(),
            report.share().isPresent()
                ? String.format(Locale.ROOT, "%.3f", report.share().getAsDouble())
                : "null"));
  }

  @Override
  public void evaluated(EvaluationReport report) {
    String loss = Double.isFinite(report.loss()) ? Double.toString(report.loss()) : "null";
    line(
        String.format(
            Locale.ROOT,
            "{\"step\":%d,\"validation-loss\":%s,\"validation-targets\":%d,\"best\":%s}",
            report.step(),
            loss,
            report.targets(),
            report.best()));
  }

  private void line(String json) {
    try {
      out.write(json);
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw RunFolder.refused(path, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw RunFolder.refused(path, e);
    }
  }
}
