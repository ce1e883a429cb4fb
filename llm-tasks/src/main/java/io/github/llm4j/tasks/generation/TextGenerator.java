package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.SavedRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a decoder go on with a text. It keeps its cache and its plans between calls.
 *
 * <p>Threading: any number of threads; calls queue, since a model computes one at a time.
 */
public final class TextGenerator implements AutoCloseable {
  private final Model model;
  private final Tokenizer tokenizer;
  private final Decoding decoding;
  private final Runnable close;

  /**
   * A generator over a model that somebody else closes.
   *
   * @param model a decoder with a language-model head
   * @param tokenizer the one that the model was trained with
   */
  public TextGenerator(Model model, Tokenizer tokenizer) {
    this(model, tokenizer, () -> {});
  }

  private TextGenerator(Model model, Tokenizer tokenizer, Runnable close) {
    if (model.vocabSize() != tokenizer.vocabSize()) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer: the model's %d ids expected, found %d. Take the tokenizer that the model was trained with."
              .formatted(model.vocabSize(), tokenizer.vocabSize()));
    }
    this.model = model;
    this.tokenizer = tokenizer;
    this.decoding = new Decoding(model);
    this.close = close;
  }

  /**
   * Opens the folder of a run, with the components on the class path.
   *
   * @throws LlmException if it is none, or has no weights
   */
  public static TextGenerator open(Path run) {
    return open(run, Pretraining.registry(TextGenerator.class.getClassLoader()));
  }

  /**
   * Opens the folder of a run.
   *
   * @param registry components that its config can name
   * @throws LlmException if it is none, or has no weights
   */
  public static TextGenerator open(Path run, Registry registry) {
    SavedRun saved = SavedRun.open(run, List.of(), registry);
    try {
      return new TextGenerator(saved.model(), saved.tokenizer(), saved::close);
    } catch (RuntimeException e) {
      saved.close();
      throw e;
    }
  }

  /** Frees memory and threads, if this generator opened them. */
  @Override
  public void close() {
    close.run();
  }

  /** Greatest number of tokens, prompt and new ones together. */
  public int contextLength() {
    return model.contextLength();
  }

  /** The whole new text at once. */
  public Generation generate(String prompt, GenerationSettings settings) {
    return generate(prompt, settings, chunk -> {});
  }

  /**
   * Writes a text, chunk by chunk.
   *
   * @param chunks sees each piece of text as soon as its characters are whole; the pieces joined
   *     are the result's text
   * @throws LlmException if the prompt is empty, has unknown characters, or leaves no room
   */
  public synchronized Generation generate(
      String prompt, GenerationSettings settings, Consumer<String> chunks) {
    int[] whole = tokenizer.encode(prompt);
    int[] ids = fit(whole, settings);
    StreamingDecoder decoder = new StreamingDecoder(tokenizer);
    StringBuilder text = new StringBuilder();
    Consumer<String> sink =
        chunk -> {
          if (!chunk.isEmpty()) {
            text.append(chunk);
            chunks.accept(chunk);
          }
        };
    Written written = write(ids, settings, id -> sink.accept(decoder.add(id)));
    sink.accept(decoder.end());
    return new Generation(
        text.toString(), written.tokens, ids.length, whole.length - ids.length, written.finish);
  }

  private record Written(int tokens, Generation.Finish finish) {}

  private Written write(int[] prompt, GenerationSettings settings, Consumer<Integer> sink) {
    if (settings.tokens() == 0) {
      return new Written(0, Generation.Finish.TOKENS);
    }
    int context = model.contextLength();
    Sampler sampler = new Sampler(settings);
    int[] text = Arrays.copyOf(prompt, context); // what the model sees, and the token that follows
    int length = prompt.length;
    decoding.clear();
    float[] logits = decoding.feed(prompt);
    for (int drawn = 1; ; drawn++) {
      int id = sampler.next(logits, drawn - 1);
      sink.accept(id);
      text[length++] = id;
      if (drawn == settings.tokens()) {
        return new Written(drawn, Generation.Finish.TOKENS);
      }
      if (length < context) {
        logits = decoding.feed(new int[] {id});
      } else if (settings.whenFull() == GenerationSettings.WhenFull.STOP) {
        return new Written(drawn, Generation.Finish.CONTEXT);
      } else {
        int kept = Math.max(1, context / 2);
        System.arraycopy(text, length - kept, text, 0, kept);
        length = kept;
        decoding.clear();
        logits = decoding.feed(Arrays.copyOf(text, kept));
      }
    }
  }

  /** The prompt as the model will see it. */
  private int[] fit(int[] ids, GenerationSettings settings) {
    int context = model.contextLength();
    if (ids.length == 0) {
      throw new LlmException(
          ErrorKind.USER, "prompt: at least one token expected, found none. Give a first word.");
    }
    if (settings.truncate() == GenerationSettings.Truncate.LEFT) {
      int room = Math.max(1, context - settings.tokens());
      return ids.length <= room ? ids : Arrays.copyOfRange(ids, ids.length - room, ids.length);
    }
    if (ids.length >= context) {
      throw new LlmException(
          ErrorKind.USER,
          ("prompt: fewer tokens than the context expected, found prompt %d, context %d."
                  + " Shorten it, or leave out its beginning (truncate left).")
              .formatted(ids.length, context));
    }
    return ids;
  }
}
