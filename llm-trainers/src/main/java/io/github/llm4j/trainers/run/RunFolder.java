package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Where a run is kept: {@code run.conf} (the resolved config), {@code tokenizer.json}, {@code
 * metrics.jsonl}, {@code best/model.safetensors} and {@code last/model.safetensors}.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

  /** The run of this name. */
  public static RunFolder of(Path runs, String name) {
    return new RunFolder(runs.resolve(name));
  }

  /** The resolved config. */
  public Path config() {
    return path.resolve("run.conf");
  }

  /** The tokenizer. */
  public Path tokenizer() {
    return path.resolve("tokenizer.json");
  }

  /** What was measured, a JSON object a line. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** The weights of the best evaluation. */
  public Path best() {
    return path.resolve("best").resolve("model.safetensors");
  }

  /** The weights behind the last step. */
  public Path last() {
    return path.resolve("last").resolve("model.safetensors");
  }

  /** The best weights, or else the last; empty if there are none. */
  public Optional<Path> weights() {
    return List.of(best(), last()).stream().filter(Files::exists).findFirst();
  }

  /**
   * Refuses to throw weights away.
   *
   * @throws LlmException if the run has weights and {@code overwrite} is false
   */
  public void checkFree(boolean overwrite) {
    if (!overwrite && weights().isPresent()) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a new run expected, found one that has weights. Give the run another name (-D name=…), or throw the old one away (--overwrite)."
              .formatted(path));
    }
  }

  /** Makes the folder and removes what an earlier run of the name left. */
  void begin(String config, String tokenizer) {
    try {
      Files.createDirectories(path);
      for (Path old : List.of(config(), tokenizer(), metrics(), best(), last())) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      throw refused(path, e);
    }
    write(config(), config);
    write(tokenizer(), tokenizer);
  }

  /** Writes a text whole or not at all. */
  static void write(Path file, String text) {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          int written = out.write(bytes);
          if (written < 0) {
            throw new IOException("nothing written");
          }
        }
        out.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  static LlmException refused(Path file, IOException e) {
    return new LlmException(
        ErrorKind.RESOURCES,
        "%s: a place to write expected, found %s. Free the disk or choose another folder."
            .formatted(file, e),
        e);
  }
}
