package io.github.llm4j.runtime.folder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.config.PlainSettings;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.model.WeightsFile;
import io.github.llm4j.runtime.plugin.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model as a folder in the Hugging Face layout: {@code config.json}, {@code model.safetensors},
 * {@code tokenizer.json}, {@code generation_config.json}. It needs no other file to be built again.
 *
 * @param path the folder
 * @param modelType what {@code config.json} calls the model: {@value #OWN} for an architecture that
 *     no other tool knows
 * @param architecture the architecture, bound
 * @param vocabSize number of token ids (V)
 */
public record ModelFolder(
    Path path, String modelType, ComponentSpec<Assembly> architecture, int vocabSize) {
  /** The {@code model_type} of an architecture block of our own. */
  public static final String OWN = "llm4j";

  private static final int FORMAT = 1;
  private static final String FORMAT_KEY = "llm4j_format";

  /** What an architecture block is bound onto. */
  private record Block(ComponentSpec<Assembly> architecture) {}

  /**
   * Writes a model into a folder that exists. Each file is there whole or not at all; the folder as
   * a whole is the caller's to rename.
   *
   * @param model the model; its masters are written
   * @param architecture what it was built from
   * @param tokenizerJson what its tokenizer's provider saves
   * @return its {@code model_type}
   * @throws LlmException if the disk refuses
   */
  public static String write(
      Path folder, Model model, ComponentSpec<Assembly> architecture, String tokenizerJson) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", OWN);
    config.put(FORMAT_KEY, FORMAT);
    config.put("vocab_size", model.vocabSize());
    config.put("architecture", PlainSettings.of(architecture));
    WeightsFile.save(model, weights(folder));
    WholeFile.write(tokenizer(folder), tokenizerJson);
    WholeFile.write(
        folder.resolve("generation_config.json"),
        ConfigJson.text(Map.of("max_length", model.contextLength())));
    WholeFile.write(config(folder), ConfigJson.text(config));
    return OWN;
  }

  /**
   * Reads what a folder's model is; no weights yet.
   *
   * @param registry components that its architecture can name, a plugin's among them
   * @throws LlmException if it is no model's folder, or its architecture can't be bound
   */
  public static ModelFolder open(Path folder, Registry registry) {
    if (!Files.exists(config(folder))) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the folder of a model expected, found %s. Name a folder with config.json and model.safetensors."
              .formatted(folder, Files.exists(folder) ? "no config.json in it" : "nothing"));
    }
    ConfigJson config = ConfigJson.read(config(folder));
    String type = config.modelType();
    if (!type.equals(OWN)) {
      throw ConfigJson.wrong(
          config.file(),
          "a model_type that is known here (" + OWN + ")",
          "'" + type + "'",
          "Take a model of a known family.");
    }
    int format = config.positive(FORMAT_KEY);
    if (format > FORMAT) {
      throw ConfigJson.wrong(
          config.file(),
          FORMAT_KEY + " up to " + FORMAT,
          Integer.toString(format),
          "Open it with the newer version that wrote it.");
    }
    return new ModelFolder(folder, type, bind(config, registry), config.positive("vocab_size"));
  }

  private static ComponentSpec<Assembly> bind(ConfigJson config, Registry registry) {
    JsonNode block = config.root().path("architecture");
    ConfigSource source =
        ConfigSource.text(config.file().toString(), ConfigJson.text(Map.of("architecture", block)));
    return new Binder(registry).bind(Block.class, source).settings().architecture();
  }

  /**
   * Builds the model and fills it with the folder's weights.
   *
   * @throws LlmException if the weights are missing, damaged, or another architecture's
   */
  public Model load(ModelOptions options, Backend backend) {
    Model model = Model.build(architecture, vocabSize, options, backend);
    load(model, path);
    return model;
  }

  /**
   * Fills a model that was built elsewhere with a folder's weights.
   *
   * @throws LlmException if the weights are missing, damaged, or another architecture's
   */
  public static void load(Model model, Path folder) {
    if (!Files.exists(weights(folder))) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: weights expected, found no model.safetensors. Copy the whole folder."
              .formatted(folder));
    }
    WeightsFile.load(model, weights(folder));
  }

  /** The text of its {@code tokenizer.json}, if it has one. */
  public Optional<String> tokenizerJson() {
    try {
      Path file = tokenizer(path);
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw ConfigJson.wrong(
          tokenizer(path), "a text in UTF-8 that can be read", e.toString(), "Copy it again.");
    }
  }

  private static Path config(Path folder) {
    return folder.resolve("config.json");
  }

  private static Path weights(Path folder) {
    return folder.resolve("model.safetensors");
  }

  private static Path tokenizer(Path folder) {
    return folder.resolve("tokenizer.json");
  }
}
