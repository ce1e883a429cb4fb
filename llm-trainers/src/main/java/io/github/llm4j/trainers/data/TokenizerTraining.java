package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.runtime.plugin.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tokenizer that is learned from texts by itself, without a run. */
public final class TokenizerTraining {
  private final ComponentSpec<Tokenizer> spec;
  private final Path target;

  /**
   * What is configured.
   *
   * @param tokenizer which tokenizer
   */
  public record Settings(
      @Doc("Which tokenizer, with its keys.") ComponentSpec<Tokenizer> tokenizer) {}

  private TokenizerTraining(ComponentSpec<Tokenizer> spec, Path target) {
    this.spec = spec;
    this.target = target;
  }

  /**
   * Names a tokenizer.
   *
   * @param type its type, as {@code byte-level-bpe}
   * @param keys keys of its settings, as {@code vocab-size=32000}
   * @param target file that {@link #learn} writes; its folder exists
   * @throws LlmException if there is no such type or key, the type learns nothing, or the file is
   *     there already or can't be written
   */
  public static TokenizerTraining of(
      Registry registry, String type, List<String> keys, Path target, boolean overwrite) {
    ConfigSource source =
        ConfigSource.text("command line", "")
            .withOverrides(List.of("tokenizer.type=" + type))
            .withOverrides(keys.stream().map(key -> "tokenizer." + key).toList());
    ComponentSpec<Tokenizer> spec =
        new Binder(registry).bind(Settings.class, source).settings().tokenizer();
    if (!((TokenizerProvider<?>) spec.provider()).learns()) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer '%s': a type that learns expected, found one that learns nothing. A config names it as it is."
              .formatted(type));
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a place in a folder that can be written expected, found none. Make the folder, or name another file."
              .formatted(target));
    }
    if (Files.isDirectory(target) || Files.exists(target) && !overwrite) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a new file expected, found %s. Name another, or use --force."
              .formatted(target, Files.isDirectory(target) ? "a folder" : "one that is there"));
    }
    return new TokenizerTraining(spec, target);
  }

  /**
   * Learns from texts and writes a tokenizer.json.
   *
   * @throws LlmException if a text is missing, empty or no UTF-8
   * @throws java.util.concurrent.CancellationException if the progress says so; nothing is written
   */
  public Tokenizer learn(List<Path> texts, Workers workers, TokenizerContext.Progress progress)
      throws IOException {
    List<TokenizerContext.Source> sources =
        texts.stream()
            .map(path -> TextFile.of(path, path.toString()))
            .<TokenizerContext.Source>map(text -> text::open)
            .toList();
    Tokenizer tokenizer = spec.create(new TokenizerContext(sources, workers, progress));
    SafeFiles.write(target, ((TokenizerProvider<?>) spec.provider()).save(tokenizer));
    return tokenizer;
  }
}
