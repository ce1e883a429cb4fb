package io.github.llm4j.api.tokenizer;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes inputs of models of texts: tokens are cut, post-processed, filled up, in this order. For
 * those who write a tokenizer; others call {@link Tokenizer#tokenize(TextInput, EncodingOptions)}.
 *
 * <p>Threading: immutable.
 */
public final class InputEncoder {
  private static final int PARTS_PER_WORKER = 8;

  private final Function<CharSequence, Encoding> tokens;
  private final PostProcessor processor;

  /**
   * An encoder.
   *
   * @param tokens tokens of a text, not yet post-processed
   */
  public InputEncoder(Function<CharSequence, Encoding> tokens, PostProcessor processor) {
    this.tokens = tokens;
    this.processor = processor;
  }

  static LlmException user(String message) {
    return new LlmException(ErrorKind.USER, message);
  }

  /** One input; padding to the longest fills it up to nothing but a multiple. */
  public Encoding encode(TextInput input, EncodingOptions options) {
    Encoding encoding = unpadded(input, options);
    return pad(encoding, options, encoding.size());
  }

  /** Inputs on all workers, each as alone but for padding to the longest. */
  public List<Encoding> encode(List<TextInput> inputs, EncodingOptions options, Workers workers) {
    Encoding[] encodings = new Encoding[inputs.size()];
    inParts(inputs.size(), workers, i -> encodings[i] = unpadded(inputs.get(i), options));
    int longest = Arrays.stream(encodings).mapToInt(Encoding::size).max().orElse(0);
    inParts(inputs.size(), workers, i -> encodings[i] = pad(encodings[i], options, longest));
    return List.of(encodings);
  }

  /** One of many pieces of work. */
  interface Item {
    void run(int index);
  }

  static void inParts(int count, Workers workers, Item item) {
    int parts = Math.min(count, PARTS_PER_WORKER * workers.count());
    if (parts == 0) {
      return;
    }
    workers.run(
        parts,
        (part, worker) -> {
          int to = (int) ((part + 1L) * count / parts);
          for (int i = (int) ((long) part * count / parts); i < to; i++) {
            item.run(i);
          }
        });
  }

  private Encoding unpadded(TextInput input, EncodingOptions options) {
    Encoding text = tokens.apply(input.text());
    Encoding pair = input.pair().map(tokens).orElse(null);
    if (options.truncation().isEmpty()) {
      return processor.process(input, text, pair, options.specialTokens());
    }
    int added = options.specialTokens() ? processor.added(pair != null) : 0;
    return new Cut(options.truncation().get(), added)
        .parts(text, pair, (a, b) -> processor.process(input, a, b, options.specialTokens()));
  }

  private static Encoding pad(Encoding encoding, EncodingOptions options, int longest) {
    if (options.padding().isEmpty()) {
      return encoding;
    }
    Padding padding = options.padding().get();
    int length = padding.length() == Padding.LONGEST ? longest : padding.length();
    int over = padding.multipleOf() == 0 ? 0 : length % padding.multipleOf();
    length = over == 0 ? length : Math.addExact(length, padding.multipleOf() - over);
    return pad(encoding, padding, length);
  }

  private static Encoding pad(Encoding encoding, Padding padding, int length) {
    List<Encoding> overflow =
        encoding.overflow().stream().map(e -> pad(e, padding, length)).toList();
    if (encoding.size() >= length) {
      return encoding.withOverflow(overflow);
    }
    Encoding.Builder padded = new Encoding.Builder();
    if (padding.side() == Side.LEFT) {
      fill(padded, padding, length - encoding.size());
    }
    for (int t = 0; t < encoding.size(); t++) {
      padded.add(encoding, t);
    }
    fill(padded, padding, length - padded.size());
    return padded.build().withOverflow(overflow);
  }

  private static void fill(Encoding.Builder padded, Padding padding, int count) {
    for (int i = 0; i < count; i++) {
      padded.addPadding(padding.id(), padding.type());
    }
  }

  /** Joins a part of the first text with one of the second. */
  interface Join {
    Encoding join(Encoding text, @Nullable Encoding pair);
  }
}
