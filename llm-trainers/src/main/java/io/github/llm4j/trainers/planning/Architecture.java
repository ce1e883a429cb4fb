package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.model.OutlinePart;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.RunFolder;
import io.github.llm4j.trainers.run.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The architecture that a config declares, or that a run, a checkpoint or any model's folder has.
 *
 * @param name name of the run or folder
 * @param spec what is built
 * @param outline its parts
 * @param types types of its saved tensors, by the parameter's path; empty for a config
 */
public record Architecture(
    String name, ComponentSpec<Assembly> spec, Outline outline, Map<String, String> types) {

  /** Copies the map. */
  public Architecture {
    types = Map.copyOf(types);
  }

  /**
   * Looks at a config, the folder of a run, or the folder of a model, as a checkpoint is.
   *
   * @param overrides {@code key=value} over the config; a model's folder outside a run has none
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
    if (!Files.exists(path.resolve("config.json"))) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a config, the folder of a run or of a model expected, found a folder without run.conf or config.json. Name a .conf file, or a folder that 'llm train' made."
              .formatted(path));
    }
    Path around = path.toAbsolutePath().normalize().resolve("../..").normalize();
    RunFolder owner = new RunFolder(around);
    return Files.exists(owner.config())
        ? saved(owner, Optional.of(path), overrides, registry)
        : model(path, overrides, registry);
  }

  /** The ops that its layers call for texts of full length. */
  public LayerOps ops() {
    return LayerOps.of(spec, outline);
  }

  /** Types of what a part itself holds, as {@code f32}; empty where nothing is saved. */
  public String types(OutlinePart part) {
    return part.parameters().stream()
        .map(p -> types.getOrDefault(p.path(), ""))
        .filter(type -> !type.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Architecture declared(
      Path path, List<String> overrides, Path runs, Registry registry) {
    ConfigSource source = ConfigSource.file(path).withOverrides(overrides);
    RunSettings settings = Pretraining.bind(source, registry).settings();
    int vocabSize = RunTokenizer.of(settings, runs).vocabSize();
    return new Architecture(
        settings.name(), settings.model(), outline(settings.model(), vocabSize), Map.of());
  }

  /** Of a run: its parts come from lines of its config. */
  private static Architecture saved(
      RunFolder run, Optional<Path> checkpoint, List<String> overrides, Registry registry) {
    ConfigSource source = ConfigSource.file(run.config()).withOverrides(overrides);
    RunSettings settings = Pretraining.bind(source, registry).settings();
    TokenizerProvider<?> provider = (TokenizerProvider<?>) settings.tokenizer().provider();
    int vocabSize = provider.restore(read(run.tokenizer())).vocabSize();
    Outline outline = outline(settings.model(), vocabSize);
    Map<String, String> types =
        checkpoint
            .map(folder -> ModelFolder.open(folder, registry).types(learned(outline)))
            .orElse(Map.of());
    return new Architecture(settings.name(), settings.model(), outline, types);
  }

  private static Architecture model(Path path, List<String> overrides, Registry registry) {
    if (!overrides.isEmpty()) {
      throw new LlmException(
          ErrorKind.USER,
          "-D: a config or run expected, found the model's folder %s. Leave -D out."
              .formatted(path));
    }
    ModelFolder folder = ModelFolder.open(path, registry);
    Outline outline = outline(folder.architecture(), folder.vocabSize());
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    return new Architecture(name, folder.architecture(), outline, folder.types(learned(outline)));
  }

  private static Outline outline(ComponentSpec<Assembly> spec, int vocabSize) {
    return Outline.of(spec, vocabSize, ModelOptions.of(0, Precision.F32));
  }

  private static List<Parameter> learned(Outline outline) {
    return outline
        .root()
        .all()
        .flatMap(part -> part.parameters().stream())
        .filter(Parameter::learned)
        .sorted(Comparator.comparing(Parameter::path))
        .toList();
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
