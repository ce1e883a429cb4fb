package io.github.llm4j.trainers.data;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ids to learn from and to measure with.
 *
 * @param train ids to learn from
 * @param validation ids to measure with; the first text is the one that counts
 * @param identity what tells the ids to learn from from all others
 * @param texts the files that they are from
 */
public record TrainingData(
    List<Source> train, List<ValidationText> validation, String identity, List<TextFacts> texts) {

  /** Copies the lists. */
  public TrainingData {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    texts = List.copyOf(texts);
  }

  /** One text to learn from. */
  public static TrainingData of(Tokens train, Optional<Tokens> validation) {
    return new TrainingData(
        List.of(new Source(train, 1)),
        validation.map(ValidationText::of).stream().toList(),
        "in memory",
        List.of());
  }

  /** Number of ids to learn from. */
  public long count() {
    return train.stream().mapToLong(s -> s.tokens().count()).sum();
  }

  /** The training texts as tokenizers that learn see them. */
  public static TokenizerContext texts(DataSettings settings) {
    List<TokenizerContext.Source> texts = new ArrayList<>();
    files(settings).forEach(file -> texts.add(file::open));
    return new TokenizerContext(texts);
  }

  /** The training texts. */
  static List<TextFile> files(DataSettings settings) {
    List<TextFile> files = new ArrayList<>();
    for (TrainTextSettings.Named named : settings.train().texts()) {
      files.add(TextFile.of(named.path(), named.key()));
    }
    return files;
  }

  /**
   * Tokenizes what isn't yet.
   *
   * @param settings where the texts lie
   * @param texts turns texts into ids
   * @param contextLength ids of one sample (T); each training text must be longer
   * @throws LlmException if a text is missing, empty, no UTF-8 or too short
   */
  public static TrainingData open(DataSettings settings, TextTokens texts, int contextLength) {
    Optional<Double> share = settings.validation().flatMap(ValidationSettings::share);
    List<Source> train = new ArrayList<>();
    List<Tokens> heldBack = new ArrayList<>();
    Hash identity = new Hash();
    List<TextFacts> facts = new ArrayList<>();
    for (TrainTextSettings.Named named : settings.train().texts()) {
      TokenStore.Kept kept = texts.of(TextFile.of(named.path(), named.key()));
      Tokens all = kept.tokens();
      facts.add(facts(named, kept));
      long border = share.map(s -> (long) ((double) all.count() * (1 - s))).orElse(all.count());
      train.add(
          new Source(longEnough(all.slice(0, border), contextLength + 1, named), named.weight()));
      identity.add(kept.key() + " " + border + "\n");
      if (share.isPresent()) {
        heldBack.add(longEnough(all.slice(border, all.count()), 2, named));
      }
    }
    return new TrainingData(
        train,
        validation(settings, texts, heldBack, facts),
        identity.hex().substring(0, 32),
        facts);
  }

  private static TextFacts facts(TrainTextSettings.Named text, TokenStore.Kept kept) {
    return new TextFacts(text.key(), text.path(), kept.tokens().count(), kept.key());
  }

  private static List<ValidationText> validation(
      DataSettings settings, TextTokens texts, List<Tokens> heldBack, List<TextFacts> facts) {
    List<ValidationText> sets = new ArrayList<>();
    if (!heldBack.isEmpty()) {
      sets.add(new ValidationText(ValidationText.MAIN, heldBack));
    }
    settings
        .validation()
        .ifPresent(
            v -> {
              v.path().ifPresent(p -> sets.add(text(ValidationText.MAIN, "path", p, texts, facts)));
              for (Map.Entry<String, Path> also : v.also().entrySet()) {
                sets.add(
                    text(also.getKey(), "also." + also.getKey(), also.getValue(), texts, facts));
              }
            });
    return sets;
  }

  private static ValidationText text(
      String name, String key, Path path, TextTokens texts, List<TextFacts> facts) {
    TrainTextSettings.Named named = new TrainTextSettings.Named("data.validation." + key, path, 1);
    TokenStore.Kept kept = texts.of(TextFile.of(path, named.key()));
    facts.add(facts(named, kept));
    return new ValidationText(name, List.of(longEnough(kept.tokens(), 2, named)));
  }

  private static Tokens longEnough(Tokens tokens, long wanted, TrainTextSettings.Named text) {
    if (tokens.count() < wanted) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: at least %d tokens expected (context-length + 1 to learn from, 2 to measure with), found %d in %s. Take a longer text or a shorter context-length."
              .formatted(text.key(), wanted, tokens.count(), text.path()));
    }
    return tokens;
  }

  /**
   * Bytes of the files of ids, at most: as if each byte of a text were an id of its own.
   *
   * @param settings where the texts lie
   * @param vocabSize ids of the tokenizer (V)
   */
  public static long mostBytes(DataSettings settings, int vocabSize) {
    long bytes = 0;
    for (TrainTextSettings.Named named : settings.train().texts()) {
      bytes += TextFile.of(named.path(), named.key()).bytes();
    }
    if (settings.validation().isPresent()) {
      ValidationSettings validation = settings.validation().get();
      if (validation.path().isPresent()) {
        bytes += TextFile.of(validation.path().get(), "data.validation.path").bytes();
      }
      for (Map.Entry<String, Path> also : validation.also().entrySet()) {
        bytes += TextFile.of(also.getValue(), "data.validation.also." + also.getKey()).bytes();
      }
    }
    return bytes * Tokens.width(vocabSize);
  }
}
