package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.checkpoint.Checkpoint;
import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.Trainer;
import io.github.llm4j.trainers.loop.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Trains a stretch of a run again and compares every loss, norm and, at a checkpoint, every bit of
 * the trainer's memory. Changes nothing in the run's folder.
 *
 * @param folder the run
 * @param registry components that its config can name
 */
public record Verification(RunFolder folder, Registry registry) {

  /**
   * What was found.
   *
   * @param from step that the stretch begins behind
   * @param to its last step
   * @param values losses, norms and learning rates that were compared
   * @param memory whether the trainer's memory was compared too
   * @param otherBits what may give other bits here than when the run was trained
   * @param difference the first that differs
   */
  public record Result(
      long from,
      long to,
      int values,
      boolean memory,
      Optional<String> otherBits,
      Optional<String> difference) {}

  /**
   * Trains again.
   *
   * @param from step of the checkpoint to begin with, 0 for the beginning; by default the last but
   *     one checkpoint
   * @param steps steps to go; up to the next checkpoint by default
   * @param listener sees how it goes
   * @param interrupted asked between micro-batches; true gives up
   */
  public Result run(
      OptionalLong from,
      OptionalLong steps,
      TrainingListener listener,
      BooleanSupplier interrupted) {
    if (!Files.exists(folder.config())) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the folder of a run expected, found no run.conf in it. Name a folder that 'llm train' made."
              .formatted(folder.path()));
    }
    RunSettings settings =
        Pretraining.bind(ConfigSource.file(folder.config()), registry).settings();
    List<Long> kept = folder.checkpoints().steps();
    long begin = from.orElse(kept.size() > 1 ? kept.get(kept.size() - 2) : 0);
    Optional<Checkpoint> first = begin == 0 ? Optional.empty() : Optional.of(checkpoint(begin));
    OptionalLong next = kept.stream().mapToLong(s -> s).filter(s -> s > begin).findFirst();
    if (steps.isEmpty() && next.isEmpty()) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a checkpoint behind step %d to compare with expected, found none of %s. Begin with an earlier one (--from), or say how many steps to go (--steps)."
              .formatted(folder.path(), begin, kept));
    }
    long end = steps.isPresent() ? begin + steps.getAsLong() : next.getAsLong();
    Optional<Checkpoint> last =
        kept.contains(end) ? Optional.of(folder.checkpoints().require(end)) : Optional.empty();
    Path runs = Optional.ofNullable(folder.path().toAbsolutePath().getParent()).orElseThrow();
    try (PreparedRun run =
        PreparedRun.of(
            settings, registry, folder.tokenizer(settings), runs, (text, done, total) -> {})) {
      Optional<String> otherBits = first.flatMap(c -> c.restore(run.state(), run.parts()));
      LoopState start = first.map(c -> c.state().loop()).orElse(LoopState.start());
      Map<String, String> found = new TreeMap<>();
      long[] at = {begin};
      Trainer trainer =
          new Trainer(
              run.parts(),
              run.schedule(),
              run.options(OptionalDouble.empty()),
              start,
              new Collecting(found, listener, at));
      trainer.run(() -> at[0] >= end || interrupted.getAsBoolean());
      boolean memory = last.isPresent() && trainer.state().step() == end;
      List<String> differences = new ArrayList<>();
      int values = compare(found, begin, trainer.state().step(), differences);
      if (memory) {
        last.flatMap(c -> c.difference(run.parts())).ifPresent(differences::add);
      }
      return new Result(
          begin,
          trainer.state().step(),
          values,
          memory,
          otherBits,
          differences.stream().findFirst());
    }
  }

  private Checkpoint checkpoint(long step) {
    List<Long> kept = folder.checkpoints().steps();
    if (!kept.contains(step)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a whole checkpoint of step %d expected, found none. There are %s; 0 is the beginning."
              .formatted(folder.path(), step, kept));
    }
    return folder.checkpoints().require(step);
  }

  /** Compares with what the run wrote; counts what was compared. */
  private int compare(Map<String, String> found, long from, long to, List<String> differences) {
    int values = 0;
    for (Map.Entry<String, String> written :
        MetricsFile.values(folder.metrics(), from, to).entrySet()) {
      String now = found.get(written.getKey());
      if (now == null) {
        continue; // its report isn't due in this stretch, as behind an interrupt
      }
      values++;
      if (!now.equals(written.getValue())) {
        differences.add("%s was %s, is %s".formatted(written.getKey(), written.getValue(), now));
      }
    }
    return values;
  }

  /** Keeps what is reported under the names that the run's file is read with. */
  private record Collecting(Map<String, String> found, TrainingListener listener, long[] at)
      implements TrainingListener {

    @Override
    public void step(StepReport report) {
      String step = MetricsFile.step(report.step());
      found.put(step + "loss", Double.toString(report.loss()));
      found.put(step + "lr", Double.toString(report.lr()));
      found.put(step + "gradient-norm", Double.toString(report.norm()));
      listener.step(report);
    }

    @Override
    public void evaluated(EvaluationReport report) {
      found.put(
          MetricsFile.step(report.step()) + "validation-loss of " + report.set(),
          Double.toString(report.loss()));
      listener.evaluated(report);
    }

    @Override
    public void done(LoopState state) {
      at[0] = state.step();
    }
  }
}
