package io.github.llm4j.runtime.folder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.formats.safetensors.SafetensorsFolder;
import io.github.llm4j.runtime.family.Families;
import io.github.llm4j.runtime.family.Family;
import io.github.llm4j.runtime.family.TensorMapping;
import io.github.llm4j.runtime.family.TensorNames;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.runtime.file.Utf8;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plugin.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as a folder in the Hugging Face layout: {@code config.json}, {@code model.safetensors}
 * (or shards with their index), {@code tokenizer.json}, {@code generation_config.json}. It needs no
 * other file to be built again.
 *
 * <p>An architecture that has the shape of a known family is kept as that family, in the names that
 * other tools read; any other with a block of our own.
 */
public final class ModelFolder {
  /** The {@code model_type} of an architecture that no other tool knows. */
  public static final String OWN = FolderForm.OWN;

  private static final System.Logger LOG = System.getLogger(ModelFolder.class.getName());
  private static final String GENERATION = "generation_config.json";

  private final Path path;
  private final String modelType;
  private final Map<String, @Nullable Object> config;
  private final ComponentSpec<Assembly> architecture;
  private final int vocabSize;
  private final TensorNames names;
  private final List<String> notes;

  private ModelFolder(
      Path path,
      FolderForm form,
      ComponentSpec<Assembly> architecture,
      int vocabSize,
      List<String> notes) {
    this.path = path;
    this.modelType = form.modelType();
    this.config = form.config();
    this.names = form.names();
    this.architecture = architecture;
    this.vocabSize = vocabSize;
    this.notes = List.copyOf(notes);
  }

  /**
   * Writes a model into a folder that exists. Each file is there whole or not at all; the folder as
   * a whole is the caller's to rename.
   *
   * @param model the model; its masters are written
   * @param architecture what it was built from
   * @param tokenizerJson what its tokenizer's provider saves
   * @return its {@code model_type}: a family's, or {@value #OWN}
   * @throws LlmException if the disk refuses
   */
  public static String write(
      Path folder, Model model, ComponentSpec<Assembly> architecture, String tokenizerJson) {
    FolderForm form = FolderForm.of(architecture, model.vocabSize(), model.parameters().learned());
    String generation = ConfigJson.text(Map.of("max_length", model.contextLength()));
    write(folder, model, form, tokenizerJson, generation);
    return form.modelType();
  }

  private static void write(
      Path folder,
      Model model,
      FolderForm form,
      @Nullable String tokenizerJson,
      @Nullable String generation) {
    Map<String, TensorMapping> mappings =
        form.names().map(model.parameters().learned()).orElseThrow();
    FolderWeights.save(model, mappings, folder.resolve(SafetensorsFolder.FILE));
    if (tokenizerJson != null) {
      save(tokenizer(folder), tokenizerJson);
    }
    if (generation != null) {
      save(folder.resolve(GENERATION), generation);
    }
    save(config(folder), ConfigJson.text(form.config()));
  }

  /**
   * Which {@code model_type} a folder of this architecture will have: a family's, which other tools
   * open, or {@value #OWN}.
   */
  public static String modelType(ComponentSpec<Assembly> architecture) {
    return FolderForm.of(architecture, 1, List.of()).modelType();
  }

  /**
   * Reads what a folder's model is; no weights yet. What its config.json says that nothing here
   * reads is logged once, as a warning.
   *
   * @param registry components that its architecture can name, a plugin's among them
   * @throws LlmException if it is no model's folder, or its architecture can't be built
   */
  public static ModelFolder open(Path folder, Registry registry) {
    if (!Files.exists(config(folder))) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the folder of a model expected, found %s. Name a folder with config.json and model.safetensors."
              .formatted(folder, Files.exists(folder) ? "no config.json in it" : "nothing"));
    }
    ConfigJson config = ConfigJson.read(config(folder));
    ModelFolder opened =
        config.modelType().equals(OWN)
            ? own(folder, config, registry)
            : family(folder, config, registry);
    opened.notes.forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
    return opened;
  }

  private static ModelFolder own(Path folder, ConfigJson config, Registry registry) {
    int format = config.positive(FolderForm.FORMAT_KEY);
    if (format > FolderForm.FORMAT) {
      throw ConfigJson.wrong(
          config.file(),
          FolderForm.FORMAT_KEY + " up to " + FolderForm.FORMAT,
          Integer.toString(format),
          "Open it with the newer version that wrote it.");
    }
    JsonNode block = config.root().path("architecture");
    return new ModelFolder(
        folder,
        new FolderForm(OWN, config.plain(), TensorNames.own()),
        FolderForm.bind(block, config.file().toString(), registry),
        config.positive("vocab_size"),
        List.of());
  }

  private static ModelFolder family(Path folder, ConfigJson config, Registry registry) {
    Family family = find(config, registry);
    String where = config.file() + " (read as " + family.name() + ")";
    Family.Reading reading = family.read(config.plain(), where);
    Map<String, Object> block = new LinkedHashMap<>(reading.architecture());
    Map<String, @Nullable Object> plain = config.plain();
    List<String> notes = new ArrayList<>();
    if (SafetensorsFolder.isIn(folder) && tied(block)) {
      try (SafetensorsFolder weights = FolderWeights.open(folder)) {
        if (FolderWeights.output(weights, family.names(), folder)
            == FolderWeights.Output.DIFFERENT) {
          untie(block);
          plain = family.edit(plain, "head.tied", false);
          notes.add(
              config.file()
                  + ": says that the output shares the token embedding, but the weights hold an"
                  + " output of its own, which is taken.");
        }
      }
    }
    if (!reading.unread().isEmpty()) {
      notes.add(
          "%s: nothing here reads %s; if that changes what the model computes, its results differ."
              .formatted(where, String.join(", ", reading.unread())));
    }
    return new ModelFolder(
        folder,
        new FolderForm(family.name(), plain, family.names()),
        FolderForm.bind(block, where, registry),
        reading.vocabSize(),
        notes);
  }

  private static boolean tied(Map<String, Object> block) {
    return block.get("head") instanceof Map<?, ?> head && Boolean.TRUE.equals(head.get("tied"));
  }

  private static void untie(Map<String, Object> block) {
    Map<Object, Object> head =
        new LinkedHashMap<>((Map<?, ?>) block.getOrDefault("head", Map.of()));
    head.put("tied", false);
    block.put("head", head);
  }

  private static Family find(ConfigJson config, Registry registry) {
    Families families = Families.of(FolderForm.loaders(registry.providers(AssemblyProvider.class)));
    return families
        .find(config.modelType())
        .orElseThrow(
            () ->
                ConfigJson.wrong(
                    config.file(),
                    "a model_type that is known here (%s, %s)"
                        .formatted(OWN, String.join(", ", families.names())),
                    "'" + config.modelType() + "'",
                    "Take a model of one of these families, or add a family file."));
  }

  /**
   * Builds the model and fills it with the folder's weights.
   *
   * @throws LlmException if the weights are missing, damaged, or another architecture's
   */
  public Model load(ModelOptions options, Backend backend) {
    if (!SafetensorsFolder.isIn(path)) {
      FolderWeights.open(path).close(); // says what is missing, before memory is taken
    }
    Model model = Model.build(architecture, vocabSize, options, backend);
    FolderWeights.load(model, names, modelType, path);
    return model;
  }

  /**
   * Fills a model that was built elsewhere with a folder's weights.
   *
   * @throws LlmException if the weights are missing, damaged, or another architecture's
   */
  public static void load(Model model, Path folder) {
    ConfigJson config = ConfigJson.read(config(folder));
    String type = config.modelType();
    TensorNames names = TensorNames.own();
    if (!type.equals(OWN)) {
      List<ClassLoader> loaders = new ArrayList<>(FolderForm.loaders(List.of()));
      Optional.ofNullable(model.assembly().getClass().getClassLoader()).ifPresent(loaders::add);
      Families families = Families.of(loaders);
      names =
          families
              .find(type)
              .map(Family::names)
              .orElseThrow(
                  () ->
                      ConfigJson.wrong(
                          config.file(),
                          "one of " + families.names(),
                          "'" + type + "'",
                          "Put the jar that brings the family on the class path."));
    }
    FolderWeights.load(model, names, type, folder);
  }

  /**
   * Writes a model that was loaded from this folder into another: its own config.json, tokenizer
   * and generation settings, the tensors as the model has them now.
   *
   * @throws LlmException if the disk refuses
   */
  public void write(Path folder, Model model) {
    String generation = text(path.resolve(GENERATION)).orElse(null);
    FolderForm form = new FolderForm(modelType, config, names);
    write(folder, model, form, tokenizerJson().orElse(null), generation);
  }

  /**
   * Its tokenizer: that of the first provider who reads its {@code tokenizer.json}.
   *
   * @throws LlmException if there is no such file, or nobody reads it: it says each one's reason
   */
  public Tokenizer tokenizer(Registry registry) {
    String json =
        tokenizerJson()
            .orElseThrow(
                () ->
                    new LlmException(
                        ErrorKind.USER,
                        path
                            + ": tokenizer.json expected, found none. Work with token ids, or copy"
                            + " the file that belongs to the model."));
    List<String> reasons = new ArrayList<>();
    for (TokenizerProvider<?> provider : registry.providers(TokenizerProvider.class)) {
      try {
        Tokenizer tokenizer = provider.restore(json);
        // A vocabulary is often padded to a round size: then the last ids have no token.
        if (tokenizer.vocabSize() <= vocabSize) {
          return tokenizer;
        }
        reasons.add(
            "%s reads %d ids where the model has %d"
                .formatted(provider.type(), tokenizer.vocabSize(), vocabSize));
      } catch (LlmException e) {
        reasons.add(provider.type() + " says: " + e.getMessage());
      }
    }
    throw new LlmException(
        ErrorKind.USER,
        "%s: a tokenizer that is known here expected, found another (%s). Work with token ids, or add the plugin that reads it."
            .formatted(tokenizer(path), String.join("; ", reasons)));
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** What {@code config.json} calls the model: a family's name, or {@value #OWN}. */
  public String modelType() {
    return modelType;
  }

  /** The architecture, bound. */
  public ComponentSpec<Assembly> architecture() {
    return architecture;
  }

  /** Number of token ids (V). */
  public int vocabSize() {
    return vocabSize;
  }

  /**
   * Types of its tensors, as {@code f32}, by the path of the parameter that lies in them. Reads the
   * heads of the files alone.
   *
   * @param learned the learned parameters of its architecture
   * @throws LlmException if the weights are missing or damaged
   */
  public Map<String, String> types(List<Parameter> learned) {
    Map<String, String> types = new TreeMap<>();
    FolderWeights.types(path, names, learned)
        .forEach((name, type) -> types.put(name, type.name().toLowerCase(Locale.ROOT)));
    return types;
  }

  /** What was said when it was opened. */
  public List<String> notes() {
    return notes;
  }

  /** The text of its {@code tokenizer.json}, if it has one. */
  public Optional<String> tokenizerJson() {
    return text(tokenizer(path));
  }

  private static void save(Path file, String text) {
    try {
      SafeFiles.write(file, text);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "%s: a place to write expected, found %s. Free the disk or choose another folder."
              .formatted(file, e),
          e);
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Utf8.read(file)) : Optional.empty();
    } catch (IOException e) {
      throw ConfigJson.wrong(
          file, "a text in UTF-8 that can be read", e.toString(), "Copy it again.");
    }
  }

  private static Path config(Path folder) {
    return folder.resolve("config.json");
  }

  private static Path tokenizer(Path folder) {
    return folder.resolve("tokenizer.json");
  }
}
