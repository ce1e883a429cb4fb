package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.file.SafeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tokenizers that were learned from texts, kept in a folder: learned once for the same texts and
 * settings, then read. A file's name is a hash of both; its first line is a hash of the rest, so a
 * damaged file is learned again.
 */
public final class TokenizerStore {
  private static final Logger LOG = System.getLogger(TokenizerStore.class.getName());
  private static final int HASH = 64;

  private final Path folder;

  /** Sees how a tokenizer comes to be. */
  public interface Listener {
    /**
     * It is being learned.
     *
     * @param unit what is counted, in the plural
     * @param done how many are done
     * @param total how many there will be; 0 if nobody knows
     * @return false to give up
     */
    boolean learning(String unit, long done, long total);

    /**
     * It is there.
     *
     * @param vocabSize its ids (V)
     * @param before whether it had been learned before
     * @param seconds how long that took
     */
    void learned(int vocabSize, boolean before, double seconds);
  }

  /** A store in this folder, which is made when it is needed. */
  public TokenizerStore(Path folder) {
    this.folder = folder;
  }

  /**
   * A tokenizer that a config names, learned from the training texts if it is one that learns.
   *
   * @param spec the tokenizer
   * @param settings where the texts lie
   * @param workers the threads that learn
   * @throws LlmException if a text is missing, empty or no UTF-8
   * @throws java.util.concurrent.CancellationException if the listener gives up
   */
  public Tokenizer tokenizer(
      ComponentSpec<Tokenizer> spec, DataSettings settings, Workers workers, Listener listener) {
    List<TextFile> texts = TrainingData.files(settings);
    List<TokenizerContext.Source> sources = new ArrayList<>();
    texts.forEach(text -> sources.add(text::open));
    TokenizerContext context = new TokenizerContext(sources, workers, listener::learning);
    TokenizerProvider<?> provider = (TokenizerProvider<?>) spec.provider();
    if (!provider.learns()) {
      return spec.create(context);
    }
    long start = System.nanoTime();
    Path file = folder.resolve(key(spec, texts).substring(0, HASH / 2) + ".tokenizer");
    Optional<Tokenizer> kept = read(file, provider);
    Tokenizer tokenizer = kept.orElseGet(() -> create(spec, context, texts));
    if (kept.isEmpty()) {
      keep(file, provider.save(tokenizer));
    }
    listener.learned(tokenizer.vocabSize(), kept.isPresent(), (System.nanoTime() - start) * 1e-9);
    return tokenizer;
  }

  private static Tokenizer create(
      ComponentSpec<Tokenizer> spec, TokenizerContext context, List<TextFile> texts) {
    try {
      return spec.create(context);
    } catch (UncheckedIOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: readable texts expected, found %s."
              .formatted(texts.stream().map(TextFile::path).toList(), e.getCause()),
          e);
    }
  }

  /** What tells a learned tokenizer from all others: who learned, how, and from what. */
  private static String key(ComponentSpec<Tokenizer> spec, List<TextFile> texts) {
    Class<?> provider = spec.provider().getClass();
    Hash hash =
        new Hash()
            .add(spec.type() + " " + spec.settings() + "\n")
            .add(provider.getName() + " " + provider.getPackage().getImplementationVersion());
    texts.forEach(text -> hash.add("\n" + text.hash()));
    return hash.hex();
  }

  private static Optional<Tokenizer> read(Path file, TokenizerProvider<?> provider) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file);
      if (text.length() > HASH && text.startsWith(new Hash().add(text.substring(HASH + 1)).hex())) {
        return Optional.of(provider.restore(text.substring(HASH + 1)));
      }
      LOG.log(Logger.Level.WARNING, "{0} is damaged; the tokenizer is learned again.", file);
    } catch (IOException | LlmException e) {
      LOG.log(
          Logger.Level.WARNING,
          "{0} can''t be read ({1}); the tokenizer is learned again.",
          file,
          e.getMessage());
    }
    return Optional.empty();
  }

  /** What can't be kept is learned again the next time: no reason to end. */
  private void keep(Path file, String saved) {
    try {
      Files.createDirectories(folder);
      SafeFiles.write(file, new Hash().add(saved).hex() + "\n" + saved);
    } catch (IOException e) {
      LOG.log(
          Logger.Level.WARNING,
          "{0}: room for the learned tokenizer expected, found {1}. It will be learned again the"
              + " next time.",
          file,
          e.toString()); // not e: a logger would print its stack
    }
  }
}
