package io.github.llm4j.cli;

import io.github.llm4j.runtime.plugin.Checksum;
import io.github.llm4j.runtime.plugin.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** SHA-256 of jars, each read once. */
final class Checksums {
  private final Map<Path, String> known = new HashMap<>();

  /** That of the jar of a component; none for a folder of classes. */
  Optional<String> of(Source source) {
    Path jar = Path.of(source.location());
    return Files.isRegularFile(jar) ? Optional.of(of(jar)) : Optional.empty();
  }

  String of(Path jar) {
    return known.computeIfAbsent(jar, Checksum::of);
  }
}
