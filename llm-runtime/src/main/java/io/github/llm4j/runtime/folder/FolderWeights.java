package io.github.llm4j.runtime.folder;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.formats.safetensors.ElementType;
import io.github.llm4j.formats.safetensors.NewTensor;
import io.github.llm4j.formats.safetensors.SafetensorsFolder;
import io.github.llm4j.formats.safetensors.SafetensorsWriter;
import io.github.llm4j.runtime.family.TensorMapping;
import io.github.llm4j.runtime.family.TensorNames;
import io.github.llm4j.runtime.model.BackendData;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tensors of a folder, under a family's names or ours. */
final class FolderWeights {
  private static final int SHOWN = 8;

  private FolderWeights() {}

  /** How a file holds the output's weight beside the token embedding. */
  enum Output {
    /** It doesn't. */
    ABSENT,
    /** As a copy. */
    EQUAL,
    /** As its own. */
    DIFFERENT
  }

  static void save(Model model, Map<String, TensorMapping> mappings, Path file) {
    List<NewTensor> tensors = new ArrayList<>();
    for (TensorMapping mapping : mappings.values()) {
      tensors.add(
          new NewTensor(mapping.tensor(), ElementType.F32, mapping.shape(), data(model, mapping)));
    }
    try {
      SafetensorsWriter.write(file, Map.of("format", "pt"), tensors);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "%s: room for the weights expected, found %s. Free the disk or choose another folder."
              .formatted(file, e),
          e);
    }
  }

  /** A master as it lies in memory where the tensor is just that. */
  private static NewTensor.Data data(Model model, TensorMapping mapping) {
    Parameters parameters = model.parameters();
    boolean plain = mapping.isPlain() && model.options().precision().stream() == DType.F32;
    return plain
        ? new BackendData(model.backend(), parameters.master(mapping.parts().getFirst().path()))
        : new FusedData(mapping, parameters);
  }

  static SafetensorsFolder open(Path folder) {
    if (!SafetensorsFolder.isIn(folder)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: weights expected, found neither %s nor %s. Copy the whole folder."
              .formatted(folder, SafetensorsFolder.FILE, SafetensorsFolder.INDEX));
    }
    try {
      return SafetensorsFolder.open(folder);
    } catch (IOException e) {
      throw damaged(folder, e);
    }
  }

  private static LlmException damaged(Path folder, IOException e) {
    return new LlmException(
        ErrorKind.USER,
        "%s: weights expected, found: %s Copy the files again.".formatted(folder, e.getMessage()),
        e);
  }

  static Output output(SafetensorsFolder weights, TensorNames names, Path folder) {
    Optional<String> output = names.weight("head.output");
    Optional<String> token = names.weight("embedding.token");
    if (output.isEmpty() || token.isEmpty()) {
      return Output.ABSENT;
    }
    Map<String, String> found =
        names.canonical(
            weights.names(), name -> name.equals(output.get()) || name.equals(token.get()));
    String own = found.get(output.get());
    String shared = found.get(token.get());
    if (own == null || shared == null) {
      return own == null ? Output.ABSENT : Output.DIFFERENT;
    }
    try {
      boolean equal =
          weights.tensor(own).shape().equals(weights.tensor(shared).shape())
              && weights.tensor(own).type() == weights.tensor(shared).type()
              && weights.file(own).data(own).mismatch(weights.file(shared).data(shared)) < 0;
      return equal ? Output.EQUAL : Output.DIFFERENT;
    } catch (IOException e) {
      throw damaged(folder, e);
    }
  }

  /** Fills a model; says all tensors that are missing, unknown or of another shape at once. */
  static void load(Model model, TensorNames names, String modelType, Path folder) {
    List<Parameter> learned = model.parameters().learned();
    Map<String, TensorMapping> mappings =
        names
            .map(learned)
            .orElseThrow(
                () ->
                    wrong(
                        folder,
                        "an architecture whose parameters " + modelType + " names",
                        "another",
                        "Open the folder's own architecture."));
    try (SafetensorsFolder weights = open(folder)) {
      Map<String, String> found = names.canonical(weights.names(), mappings::containsKey);
      if (output(weights, names, folder) == Output.EQUAL) {
        names.weight("head.output").filter(n -> !mappings.containsKey(n)).ifPresent(found::remove);
      }
      check(weights, mappings, found, folder);
      for (TensorMapping mapping : mappings.values()) {
        String name = Objects.requireNonNull(found.get(mapping.tensor())); // checked above
        List<float[]> values = mapping.split(weights.file(name).floats(name));
        for (int k = 0; k < values.size(); k++) {
          model.parameters().write(mapping.parts().get(k).path(), values.get(k));
        }
      }
    } catch (IOException e) {
      throw damaged(folder, e);
    }
    model.parameters().refresh();
  }

  /** Types of the tensors in which parameters lie, by the parameter's path. */
  static Map<String, ElementType> types(Path folder, TensorNames names, List<Parameter> learned) {
    Map<String, ElementType> types = new TreeMap<>();
    Map<String, TensorMapping> mappings = names.map(learned).orElse(Map.of());
    try (SafetensorsFolder weights = open(folder)) {
      Map<String, String> found = names.canonical(weights.names(), mappings::containsKey);
      for (TensorMapping mapping : mappings.values()) {
        String name = found.get(mapping.tensor());
        if (name != null) {
          ElementType type = weights.tensor(name).type();
          mapping.parts().forEach(p -> types.put(p.path(), type));
        }
      }
    } catch (IOException e) {
      throw damaged(folder, e);
    }
    return types;
  }

  private static void check(
      SafetensorsFolder weights,
      Map<String, TensorMapping> mappings,
      Map<String, String> found,
      Path folder)
      throws IOException {
    TreeSet<String> missing = new TreeSet<>(mappings.keySet());
    missing.removeAll(found.keySet());
    TreeSet<String> more = new TreeSet<>(found.keySet());
    more.removeAll(mappings.keySet());
    List<String> shapes = new ArrayList<>();
    for (TensorMapping mapping : mappings.values()) {
      String name = found.get(mapping.tensor()); // null: it is among the missing
      if (name != null && !weights.tensor(name).shape().equals(mapping.shape())) {
        shapes.add(
            "%s %s instead of %s".formatted(name, weights.tensor(name).shape(), mapping.shape()));
      }
    }
    List<String> problems = new ArrayList<>();
    add(problems, "missing", missing);
    add(problems, "unknown", more);
    add(problems, "of another shape", shapes);
    if (!problems.isEmpty()) {
      throw wrong(
          folder,
          "the model's " + mappings.size() + " tensors",
          String.join("; ", problems),
          "Take the weights that belong to this config.json.");
    }
  }

  private static void add(List<String> problems, String what, Collection<String> names) {
    if (!names.isEmpty()) {
      String shown = String.join(", ", names.stream().limit(SHOWN).toList());
      String more = names.size() > SHOWN ? ", and " + (names.size() - SHOWN) + " more" : "";
      problems.add("%d %s: %s%s".formatted(names.size(), what, shown, more));
    }
  }

  private static LlmException wrong(Path folder, String expected, String found, String remedy) {
    return new LlmException(
        ErrorKind.USER, "%s: %s expected, found %s. %s".formatted(folder, expected, found, remedy));
  }
}
