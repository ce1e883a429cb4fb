package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.trainers.checkpoint.Checkpoints;
import io.github.llm4j.trainers.report.EventFile;
import io.github.llm4j.trainers.report.Metrics;
import io.github.llm4j.trainers.report.Report;
import io.github.llm4j.trainers.report.RunRecord;
import io.github.llm4j.trainers.report.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a run is kept: {@code run.conf} (the resolved config), {@code tokenizer.json}, {@code
 * metrics.jsonl} and the same as events for TensorBoard, {@code run.json} (what it is made of) and
 * {@code checkpoints/}.
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
    return path.resolve(Metrics.FILE);
  }

  /** The same numbers as TensorBoard reads them. */
  Path events() {
    return path.resolve(EventFile.FILE);
  }

  /** What the run is made of. */
  public Path record() {
    return path.resolve(RunRecord.FILE);
  }

  /** The run as a page. */
  public Path report() {
    return path.resolve(Report.FILE);
  }

  /** How the run stands. */
  public RunState state() {
    return RunState.of(RunRecord.read(path), holder().isPresent());
  }

  /** Models with what their training goes on with. */
  public Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /** Who works on the run at this moment, as {@code process 4711 on host since …}. */
  public Optional<String> holder() {
    return RunLock.holder(path);
  }

  /**
   * Refuses to throw checkpoints away.
   *
   * @throws LlmException if the run has some
   */
  void checkFree() {
    if (checkpoints().any()) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a new run expected, found one with checkpoints. Go on with it (--resume), give the run another name (-D name=…), or throw the old one away (--overwrite)."
              .formatted(path));
    }
  }

  /**
   * The run's tokenizer.
   *
   * @throws LlmException if the file is gone
   */
  Tokenizer tokenizer(RunSettings settings) {
    try {
      TokenizerProvider<?> provider = (TokenizerProvider<?>) settings.tokenizer().provider();
      return provider.restore(Files.readString(tokenizer()));
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the run's tokenizer expected, found %s. Restore the file from a checkpoint."
              .formatted(tokenizer(), e),
          e);
    }
  }

  /** Makes the folder. */
  void create() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw refused(path, e);
    }
  }

  /** Removes what an earlier run of the name left. */
  void clear() {
    try {
      for (Path old :
          List.of(
              checkpoints().folder(),
              config(),
              tokenizer(),
              metrics(),
              events(),
              record(),
              report())) {
        SafeFiles.delete(old);
      }
    } catch (IOException e) {
      throw refused(path, e);
    }
  }

  /** Writes a text whole or not at all. */
  static void write(Path file, String text) {
    try {
      SafeFiles.write(file, text);
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
