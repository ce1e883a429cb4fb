package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A run that was trained, with its model in memory: what generation and evaluation begin with.
 *
 * @param workplace threads and backend; closed with the run
 * @param settings its config
 * @param tokenizer its tokenizer
 * @param model the model with its weights
 * @param checkpoint what was read: the best checkpoint, or else the newest
 */
public record SavedRun(
    Workplace workplace, RunSettings settings, Tokenizer tokenizer, Model model, Path checkpoint)
    implements AutoCloseable {

  /**
   * Opens a run's folder.
   *
   * @param path the folder
   * @param overrides {@code key=value} over the saved config, as {@code backend=cpu}
   * @param registry components: those of {@link Pretraining#registry}
   * @throws LlmException if the folder is no run's, or has no weights or damaged ones
   */
  public static SavedRun open(Path path, List<String> overrides, Registry registry) {
    RunFolder folder = new RunFolder(path);
    if (!Files.exists(folder.config())) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the folder of a run expected, found %s. Name a folder that 'llm train' made."
              .formatted(path, Files.exists(path) ? "no run.conf in it" : "nothing"));
    }
    Path checkpoint =
        folder
            .checkpoints()
            .best()
            .orElseThrow(
                () ->
                    new LlmException(
                        ErrorKind.USER,
                        "%s: a checkpoint expected, found none in checkpoints/. Train it first."
                            .formatted(path)));
    Checkpoints.checkModel(checkpoint);
    ConfigSource source = ConfigSource.file(folder.config()).withOverrides(overrides);
    RunSettings settings = Pretraining.bind(source, registry).settings();
    Tokenizer tokenizer =
        ((TokenizerProvider<?>) settings.tokenizer().provider())
            .restore(read(checkpoint.resolve("tokenizer.json")));
    OptionalInt threads = settings.threads().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    Workplace workplace = Workplace.open(registry, settings.backend(), threads);
    try {
      Model model =
          Model.build(
              settings.model(),
              tokenizer.vocabSize(),
              ModelOptions.of(settings.seed(), settings.trainer().precision()),
              workplace.backend());
      ModelFolder.load(model, checkpoint);
      return new SavedRun(workplace, settings, tokenizer, model, checkpoint);
    } catch (RuntimeException e) {
      workplace.close();
      throw e;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the run's tokenizer expected, found %s. Restore the file.".formatted(file, e),
          e);
    }
  }

  /** Frees memory and threads. */
  @Override
  public void close() {
    workplace.close();
  }
}
