package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.Pretraining;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets a decoder go on with a text. It keeps its cache and its plans between calls.
 *
 * <p>Threading: any number of threads; calls queue, since a model computes one at a time.
 */
public final class TextGenerator implements AutoCloseable {
  private final Model model;
  private final Supplier<Tokenizer> tokenizer;
  private final Decoding decoding;
  private final Runnable close;

  /**
   * A generator over a model that somebody else closes.
   *
   * @param model a decoder with a language-model head
   * @param tokenizer the one that the model was trained with
   */
  public TextGenerator(Model model, Tokenizer tokenizer) {
    this(model, () -> tokenizer, new Decoding(model), () -> {});
    check(model, tokenizer);
  }

  /** A generator within the training of its model, whose plans share the trainer's arena. */
  TextGenerator(Model model, Tokenizer tokenizer, PlanArena arena) {
    this(model, () -> tokenizer, new Decoding(model, arena), () -> {});
    check(model, tokenizer);
  }

  /**
   * A generator that may know no tokenizer.
   *
   * @param tokenizer gives it, or throws why there is none
   */
  TextGenerator(Model model, Supplier<Tokenizer> tokenizer, Runnable close) {
    this(model, tokenizer, new Decoding(model), close);
  }

  private TextGenerator(
      Model model, Supplier<Tokenizer> tokenizer, Decoding decoding, Runnable close) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.decoding = decoding;
    this.close = close;
  }

  private static void check(Model model, Tokenizer tokenizer) {
    if (model.vocabSize() != tokenizer.vocabSize()) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer: the model's %d ids expected, found %d. Take the tokenizer that the model was trained with."
              .formatted(model.vocabSize(), tokenizer.vocabSize()));
    }
  }

  /**
   * Opens the folder of a run, of a checkpoint, or of any model in the Hugging Face layout whose
   * family is known, with the components on the class path and the best backend. What the machine
   * could do faster is logged once.
   *
   * @throws LlmException if it is none, or has no weights
   */
  public static TextGenerator open(Path folder) {
    return open(folder, Pretraining.registry(TextGenerator.class.getClassLoader()));
  }

  /**
   * Opens a folder as {@link #open(Path)} does.
   *
   * @param registry components that its architecture can name
   * @throws LlmException if it is none, or has no weights
   */
  public static TextGenerator open(Path folder, Registry registry) {
    return OpenedFolder.generator(folder, registry);
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

  /** Records all plans that going on with a prompt needs, so that later nothing is allocated. */
  void prepare(String prompt, GenerationSettings settings) {
    int[] ids = fit(tokenizer.get().encode(prompt), settings);
    decoding.prepare(ids.length);
    if (ids.length + settings.tokens() > model.contextLength()) {
      decoding.prepare(Math.max(1, model.contextLength() / 2)); // what is kept when it slides
    }
  }

  /** Bytes of keys and values. */
  long cacheBytes() {
    return decoding.cacheBytes();
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
    Tokenizer words = tokenizer.get();
    int[] whole = words.encode(prompt);
    int[] ids = fit(whole, settings);
    StreamingDecoder decoder = words.streamingDecoder();
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

  /**
   * Goes on with token ids, for a model whose tokenizer isn't known here.
   *
   * @param prompt ids, each below the size of the vocabulary
   * @param sink sees each new id
   * @return the new ids
   * @throws LlmException if the prompt is empty, has unknown ids, or leaves no room
   */
  public synchronized int[] generateIds(
      int[] prompt, GenerationSettings settings, IntConsumer sink) {
    for (int id : prompt) {
      if (id < 0 || id >= model.vocabSize()) {
        throw new LlmException(
            ErrorKind.USER,
            "prompt: token ids from 0 to %d expected, found %d. Encode it with the model's tokenizer."
                .formatted(model.vocabSize() - 1, id));
      }
    }
    IntStream.Builder ids = IntStream.builder();
    write(
        fit(prompt, settings),
        settings,
        id -> {
          ids.add(id);
          sink.accept(id);
        });
    return ids.build().toArray();
  }

  private record Written(int tokens, Generation.Finish finish) {}

  private Written write(int[] prompt, GenerationSettings settings, IntConsumer sink) {
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
