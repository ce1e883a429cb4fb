package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.formats.safetensors.SafetensorsFile;
import io.github.llm4j.runtime.model.OutlinePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Types of the tensors in a file.
 *
 * @param types by the parameter's path
 */
record ShownTensors(Map<String, String> types) {

  static ShownTensors of(Optional<Path> file) {
    Map<String, String> types = new TreeMap<>();
    if (file.isPresent()) {
      try (SafetensorsFile weights = SafetensorsFile.open(file.get())) {
        weights
            .tensors()
            .forEach((name, t) -> types.put(name, t.type().name().toLowerCase(Locale.ROOT)));
      } catch (IOException e) {
        throw new LlmException(
            ErrorKind.USER,
            "%s: weights expected, found: %s Take a whole file."
                .formatted(file.get(), e.getMessage()),
            e);
      }
    }
    return new ShownTensors(types);
  }

  /** Types of what a part itself holds, as {@code f32}; empty where no file is looked at. */
  String of(OutlinePart part) {
    return part.parameters().stream()
        .map(p -> types.getOrDefault(p.path(), ""))
        .filter(type -> !type.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
