package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.RunFolder;
import io.github.llm4j.trainers.run.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The architecture that a config declares, or that a run or one of its checkpoints has.
 *
 * @param name name of the run
 * @param outline its parts
 * @param weights the file of its tensors; empty for a config
 */
public record Architecture(String name, Outline outline, Optional<Path> weights) {
  private static final String WEIGHTS = "model.safetensors";

  /**
   * Looks at a config, the folder of a run, or the folder of a checkpoint in it.
   *
   * @param overrides {@code key=value} over the config
   * @param runs folder of all runs, where tokenizers that have learned are kept
   * @param registry components that it can name: those of {@link Pretraining#registry}
   * @throws LlmException if the path is none of these, or the config is wrong
   */
  public static Architecture open(Path path, List<String> overrides, Path runs, Registry registry) {
    if (!Files.isDirectory(path)) {
      return declared(path, overrides, runs, registry);
    }
    RunFolder run = new RunFolder(path);
    if (Files.exists(run.config())) {
      return saved(run, run.checkpoints().best(), overrides, registry);
    }
    Path around = path.toAbsolutePath().normalize().resolve("../..").normalize();
    RunFolder owner = new RunFolder(around);
    if (Files.exists(path.resolve(WEIGHTS)) && Files.exists(owner.config())) {
      return saved(owner, Optional.of(path), overrides, registry);
    }
    throw new LlmException(
        ErrorKind.USER,
        "%s: a config, the folder of a run or one of its checkpoints expected, found a folder without run.conf. Name a .conf file, or a folder that 'llm train' made."
            .formatted(path));
  }

  private static Architecture declared(
      Path path, List<String> overrides, Path runs, Registry registry) {
    ConfigSource source = ConfigSource.file(path).withOverrides(overrides);
    RunSettings settings = Pretraining.bind(source, registry).settings();
    Tokenizer tokenizer = RunTokenizer.of(settings, runs);
    return of(settings, tokenizer, Optional.empty());
  }

  private static Architecture saved(
      RunFolder run, Optional<Path> checkpoint, List<String> overrides, Registry registry) {
    ConfigSource source = ConfigSource.file(run.config()).withOverrides(overrides);
    RunSettings settings = Pretraining.bind(source, registry).settings();
    TokenizerProvider<?> provider = (TokenizerProvider<?>) settings.tokenizer().provider();
    Tokenizer tokenizer = provider.restore(read(run.tokenizer()));
    return of(settings, tokenizer, checkpoint.map(folder -> folder.resolve(WEIGHTS)));
  }

  private static Architecture of(
      RunSettings settings, Tokenizer tokenizer, Optional<Path> weights) {
    ModelOptions options = ModelOptions.of(settings.seed(), settings.trainer().precision());
    Outline outline = Outline.of(settings.model(), tokenizer.vocabSize(), options);
    return new Architecture(settings.name(), outline, weights);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the run's tokenizer expected, found %s. Restore the file from a checkpoint."
              .formatted(file, e),
          e);
    }
  }
}
