package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.trainers.report.Metrics;
import io.github.llm4j.trainers.report.RunRecord;
import io.github.llm4j.trainers.report.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run in a line. What isn't known is null.
 *
 * @param name its name
 * @param folder where it is kept
 * @param state how it stands
 * @param step steps done, as far as they were reported
 * @param steps steps of the whole run
 * @param parameters learned elements
 * @param bestValidationLoss the best evaluation's loss, in nats
 * @param tokensPerSecond targets a second: the median of what was reported
 * @param seconds of training
 * @param started when its first session began, as {@code 2025-11-25T12:50:38Z}
 */
public record RunSummary(
    String name,
    String folder,
    RunState state,
    long step,
    long steps,
    long parameters,
    @Nullable Double bestValidationLoss,
    @Nullable Double tokensPerSecond,
    double seconds,
    String started) {

  /**
   * A run's.
   *
   * @throws LlmException if the folder is no run's
   */
  public static RunSummary of(RunFolder folder) {
    RunRecord record = RunRecord.read(folder.path());
    Metrics metrics = Metrics.read(folder.metrics());
    RunState state = RunState.of(record, folder.holder().isPresent());
    RunRecord.End end = record.lastSession().end();
    Metrics.Place last = metrics.last().map(Metrics.Step::at).orElse(new Metrics.Place(0, 0, 0));
    double speed = metrics.tokensPerSecond();
    return new RunSummary(
        record.name(),
        folder.path().toString(),
        state,
        end == null || state == RunState.RUNNING ? last.step() : end.step(),
        record.plan().steps(),
        record.plan().parameters(),
        metrics.best().map(Metrics.Evaluation::loss).orElse(null),
        Double.isNaN(speed) ? null : Double.valueOf(speed),
        end == null || state == RunState.RUNNING ? last.elapsed() : end.seconds(),
        record.sessions().get(0).started());
  }

  /**
   * All runs in a folder, or the one that the folder is; the newest first.
   *
   * @param problem told of each run that can't be read
   * @throws LlmException if there is no such folder
   */
  public static List<RunSummary> in(Path folder, Consumer<String> problem) {
    if (!Files.isDirectory(folder)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a folder of runs expected, found %s. Train a model first, or name the folder that its run is in."
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
    List<RunSummary> runs = new ArrayList<>();
    for (Path one : runsOf(folder)) {
      try {
        runs.add(of(new RunFolder(one)));
      } catch (LlmException e) {
        problem.accept(e.getMessage());
      }
    }
    runs.sort(Comparator.comparing(RunSummary::started).reversed().thenComparing(RunSummary::name));
    return runs;
  }

  private static List<Path> runsOf(Path folder) {
    if (RunRecord.isIn(folder)) {
      return List.of(folder);
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(RunRecord::isIn).sorted().toList();
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "%s: a folder that can be read expected, found %s. Check its rights."
              .formatted(folder, e),
          e);
    }
  }

  /** As JSON. */
  public static String json(List<RunSummary> runs) {
    return RunRecord.json(runs);
  }
}
