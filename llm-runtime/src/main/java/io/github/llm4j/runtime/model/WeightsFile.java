package io.github.llm4j.runtime.model;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.formats.safetensors.ElementType;
import io.github.llm4j.formats.safetensors.NewTensor;
import io.github.llm4j.formats.safetensors.SafetensorsFile;
import io.github.llm4j.formats.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The masters of a model as safetensors, named by their paths. Whole or not there: written under a
 * temporary name, forced to the disk and renamed.
 */
public final class WeightsFile {
  private WeightsFile() {}

  /**
   * Writes all learned parameters, over a file that is there.
   *
   * @throws LlmException if the disk refuses; the old file stays
   */
  public static void save(Model model, Path file) {
    List<NewTensor> tensors = new ArrayList<>();
    for (Parameter parameter : model.parameters().learned()) {
      List<Long> shape =
          Arrays.stream(parameter.shape().sizes()).mapToObj(size -> (long) size).toList();
      tensors.add(tensor(model, parameter.path(), shape));
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      SafetensorsWriter.write(file, Map.of("format", "pt"), tensors);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "%s: room for the weights expected, found %s. Free the disk or choose another folder."
              .formatted(file, e),
          e);
    }
  }

  private static NewTensor tensor(Model model, String path, List<Long> shape) {
    return model.options().precision().stream() == DType.F32
        ? new NewTensor(
            path,
            ElementType.F32,
            shape,
            new BackendData(model.backend(), model.parameters().master(path)))
        : NewTensor.of(path, shape, model.parameters().read(path));
  }

  /**
   * Fills a model.
   *
   * @throws LlmException if the file lacks a parameter, has one too many or of another shape
   */
  public static void load(Model model, Path file) {
    try (SafetensorsFile weights = SafetensorsFile.open(file)) {
      List<Parameter> parameters = model.parameters().learned();
      TreeSet<String> missing = new TreeSet<>();
      parameters.forEach(p -> missing.add(p.path()));
      missing.removeAll(weights.tensors().keySet());
      TreeSet<String> more = new TreeSet<>(weights.tensors().keySet());
      parameters.forEach(p -> more.remove(p.path()));
      if (!missing.isEmpty() || !more.isEmpty()) {
        throw wrong(
            file,
            "the model's " + parameters.size() + " tensors",
            Stream.of(
                    missing.isEmpty() ? "" : "none for " + missing,
                    more.isEmpty() ? "" : "also " + more)
                .filter(s -> !s.isEmpty())
                .reduce((a, b) -> a + ", " + b)
                .orElse(""));
      }
      for (Parameter parameter : parameters) {
        String path = parameter.path();
        List<Long> found = weights.tensor(path).shape();
        List<Long> wanted =
            Arrays.stream(parameter.shape().sizes()).mapToObj(size -> (long) size).toList();
        if (!found.equals(wanted)) {
          throw wrong(file, path + " of shape " + wanted, "shape " + found);
        }
        model.parameters().write(path, weights.floats(path));
      }
      model.parameters().refresh();
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: weights expected, found: %s Take a whole file.".formatted(file, e.getMessage()),
          e);
    }
  }

  private static LlmException wrong(Path file, String expected, String found) {
    return new LlmException(
        ErrorKind.USER,
        "%s: %s expected, found %s. Take the weights of this architecture."
            .formatted(file, expected, found));
  }
}
