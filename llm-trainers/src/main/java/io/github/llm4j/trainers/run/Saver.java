package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.trainers.checkpoint.Checkpoints;
import io.github.llm4j.trainers.checkpoint.TrainerState;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.TrainStep;
import io.github.llm4j.trainers.loop.TrainingParts;
import java.nio.file.Path;

/** Writes a run's checkpoints when they are due. */
final class Saver {
  private final Checkpoints checkpoints;
  private final TrainingParts parts;
  private final CheckpointSettings settings;
  private final TrainerState now;
  private final ComponentSpec<Assembly> architecture;
  private final String tokenizer;
  private long last = System.nanoTime();

  /** Saves checkpoints of a run. */
  Saver(Checkpoints checkpoints, PreparedRun run) {
    this.checkpoints = checkpoints;
    this.parts = run.parts();
    this.settings = run.settings().trainer().checkpoint();
    this.now = run.state();
    this.architecture = run.settings().model();
    this.tokenizer = run.tokenizer();
  }

  /** Saves if it is time to; a full disk is said and costs nothing but this checkpoint. */
  void saveIfDue(LoopState loop, MetricsFile metrics, RunListener listener) {
    if (!isDue(loop)) {
      return;
    }
    try {
      save(loop, metrics, listener);
    } catch (LlmException e) {
      if (e.kind() != ErrorKind.RESOURCES) {
        throw e;
      }
      listener.warning(
          "no checkpoint at step %d: %s The run goes on; older checkpoints are as they were."
              .formatted(loop.step(), e.getMessage()));
    }
    last = System.nanoTime();
  }

  private boolean isDue(LoopState loop) {
    boolean bySteps = settings.every() > 0 && loop.step() % settings.every() == 0;
    double minutes = (double) (System.nanoTime() - last) / 60e9;
    boolean byTime = settings.minutes() > 0 && minutes >= settings.minutes();
    return bySteps || byTime || loop.isBest();
  }

  /** Saves, and removes checkpoints that are too many. */
  void save(LoopState loop, MetricsFile metrics, RunListener listener) {
    metrics.force(); // what a resumed run cuts back to is there
    Path saved =
        checkpoints.save(
            now.with(loop), parts.step().memory(), parts.model().backend(), this::model);
    listener.saved(saved);
    checkpoints.prune(settings.keep());
  }

  private void model(Path folder) {
    try (TrainStep.Averaged _ = parts.step().averaged()) {
      ModelFolder.write(folder, parts.model(), architecture, tokenizer);
    }
  }
}
