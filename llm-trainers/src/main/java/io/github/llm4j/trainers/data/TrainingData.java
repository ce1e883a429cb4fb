package io.github.llm4j.trainers.data;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Ids to learn from and to measure with.
 *
 * @param train ids to learn from
 * @param validation ids to measure with, if any
 */
public record TrainingData(Tokens train, Optional<Tokens> validation) {

  /** The training text as tokenizers that learn see it. */
  public static TokenizerContext texts(DataSettings settings) {
    TextFile text = TextFile.of(settings.train().path(), "data.train.path");
    return new TokenizerContext(List.of(text::open));
  }

  /**
   * Tokenizes what isn't yet.
   *
   * @param settings where the texts lie
   * @param tokenizer turns them into ids
   * @param identity the tokenizer's saved form
   * @param contextLength ids of one sample (T); the training text must be longer
   * @throws LlmException if a text is missing, empty, no UTF-8 or too short
   */
  public static TrainingData open(
      DataSettings settings,
      Tokenizer tokenizer,
      String identity,
      int contextLength,
      TokenStore store,
      TokenStore.Progress progress) {
    Path path = settings.train().path();
    TextFile text = TextFile.of(path, "data.train.path");
    Optional<TextFile> other =
        settings
            .validation()
            .flatMap(ValidationSettings::path)
            .map(p -> TextFile.of(p, "data.validation.path"));
    Tokens all = store.tokens(text, tokenizer, identity, progress);
    Optional<Double> share = settings.validation().flatMap(ValidationSettings::share);
    long border = share.map(s -> (long) ((double) all.count() * (1 - s))).orElse(all.count());
    Tokens train = all.slice(0, border);
    Optional<Tokens> validation =
        other
            .map(t -> store.tokens(t, tokenizer, identity, progress))
            .or(() -> share.map(s -> all.slice(border, all.count())));
    if (train.count() <= contextLength) {
      throw tooShort("data.train", contextLength + 1, train.count(), path);
    }
    validation.ifPresent(
        v -> {
          if (v.count() < 2) {
            throw tooShort("data.validation", 2, v.count(), other.map(TextFile::path).orElse(path));
          }
        });
    return new TrainingData(train, validation);
  }

  private static LlmException tooShort(String key, long wanted, long found, Path path) {
    return new LlmException(
        ErrorKind.USER,
        "%s: at least %d tokens expected (context-length + 1 to learn from, 2 to measure with), found %d in %s. Take a longer text or a shorter context-length."
            .formatted(key, wanted, found, path));
  }
}
