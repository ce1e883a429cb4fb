package io.github.llm4j.tokenizers.peers;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hugging Face's library, in Rust, through DJL. */
final class HuggingFacePeer implements AutoCloseable {
  static {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
  }

  private final HuggingFaceTokenizer tokenizer;

  HuggingFacePeer(Path json) {
    this(json, Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
  }

  HuggingFacePeer(Path json, Map<String, String> options) {
    try {
      tokenizer = HuggingFaceTokenizer.newInstance(json, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int[] ids(String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** Ids with their ranges in chars and their words, as {@code id[start,end)word}. */
  List<String> tokens(String text) {
    Encoding encoding = tokenizer.encode(text, false, false);
    @Nullable CharSpan[] spans = encoding.getCharTokenSpans();
    int[] places = places(text);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < spans.length; i++) {
      CharSpan span = spans[i];
      int start = span == null ? 0 : places[span.getStart()];
      int end = span == null ? 0 : places[span.getEnd()];
      tokens.add(
          "%d[%d,%d)%d".formatted(encoding.getIds()[i], start, end, encoding.getWordIds()[i]));
    }
    return tokens;
  }

  /** Where each code point begins, since its ranges count those; last, where the text ends. */
  private static int[] places(String text) {
    int[] places = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 1; i < places.length; i++) {
      places[i] = text.offsetByCodePoints(places[i - 1], 1);
    }
    return places;
  }

  /** An input and what was cut off of it, each as tokens with all that is known of them. */
  List<String> inputs(String text, @Nullable String pair, boolean specialTokens) {
    Encoding encoding =
        pair == null
            ? tokenizer.encode(text, specialTokens, true)
            : tokenizer.encode(text, pair, specialTokens, true);
    List<String> inputs = new ArrayList<>();
    inputs.add(input(encoding, text, pair));
    for (Encoding part : encoding.getOverflowing()) {
      inputs.add(input(part, text, pair));
    }
    return inputs;
  }

  private static String input(Encoding encoding, String text, @Nullable String pair) {
    StringBuilder shown = new StringBuilder();
    @Nullable CharSpan[] spans = encoding.getCharTokenSpans();
    for (int i = 0; i < spans.length; i++) {
      CharSpan span = spans[i];
      long of = encoding.getSequenceIds()[i];
      String in = of == 1 && pair != null ? pair : text;
      int start = span == null || of < 0 ? 0 : in.offsetByCodePoints(0, span.getStart());
      int end = span == null || of < 0 ? 0 : in.offsetByCodePoints(0, span.getEnd());
      shown.append(
          "%d[%d,%d)%d type %d text %d special %d mask %d\n"
              .formatted(
                  encoding.getIds()[i],
                  start,
                  end,
                  encoding.getWordIds()[i],
                  encoding.getTypeIds()[i],
                  of,
                  encoding.getSpecialTokenMask()[i],
                  encoding.getAttentionMask()[i]));
    }
    return shown.toString();
  }

  String decode(int[] ids) {
    return decode(ids, false);
  }

  String decode(int[] ids, boolean skipSpecial) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecial);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
