package io.github.llm4j.testkit;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.EncodingOptions;
import io.github.llm4j.api.tokenizer.Padding;
import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.Truncation;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every tokenizer keeps: its ways to encode agree; ranges are in order and never part a
 * character; a stream of ids gives the text of the whole; many texts at once, and on many threads,
 * give what each gives alone; cutting and filling up keep to the lengths; texts come back unchanged
 * where that is promised; and ids that it hasn't are refused.
 */
public abstract class TokenizerContract {
  private static final int TEXTS = 100;

  /** The tokenizer. */
  protected abstract Tokenizer tokenizer();

  /** Characters of which texts are made that the tokenizer can express; some of several chars. */
  protected String characters() {
    return "abcdefghij  \n.,!0123456789éßдо日本語😀🦙e\u0301\u200D";
  }

  private List<String> texts() {
    Random random = new Random(Long.getLong("llm4j.seed", 1));
    int[] characters = characters().codePoints().toArray();
    List<String> special = List.copyOf(tokenizer().specialTokens().keySet());
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 1; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(i < TEXTS - 2 ? 40 : 50_000); left > 0; left--) {
        if (!special.isEmpty() && random.nextInt(30) == 0) {
          text.append(special.get(random.nextInt(special.size())));
        }
        text.appendCodePoint(characters[random.nextInt(characters.length)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static void check(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new AssertionError(
          "%s expected, found %s (seed %d)"
              .formatted(expected, found, Long.getLong("llm4j.seed", 1)));
    }
  }

  private static void same(int[] expected, int[] found, String text) {
    check(
        Arrays.equals(expected, found),
        Arrays.toString(expected) + " for \"" + text + "\"",
        Arrays.toString(found));
  }

  @Test
  final void itsWaysToEncodeAgree() {
    Tokenizer tokenizer = tokenizer();
    for (String text : texts()) {
      int[] ids = tokenizer.encode(text);
      same(ids, tokenizer.encode(CharBuffer.wrap(text)), text);
      same(ids, tokenizer.encode(text.getBytes(StandardCharsets.UTF_8)), text);
      same(ids, tokenizer.tokenize(text).ids(), text);
      same(ids, tokenizer.tokenize(TextInput.of(text), EncodingOptions.PLAIN).ids(), text);
      check(tokenizer.count(text) == ids.length, "as many tokens as ids", tokenizer.count(text));
    }
  }

  @Test
  final void rangesAreInOrderAndPartNoCharacter() {
    for (String text : texts()) {
      Encoding tokens = tokenizer().tokenize(text);
      int before = 0;
      for (int t = 0; t < tokens.size(); t++) {
        int start = tokens.start(t);
        int end = tokens.end(t);
        check(
            before <= end && start <= end && end <= text.length(),
            "ranges in order in \"" + text + "\"",
            "token " + t + " at " + start + " to " + end);
        check(isBorder(text, start) && isBorder(text, end), "whole characters", text);
        check(!tokens.special(t) && !tokens.padding(t), "no token put around", t);
        before = start;
      }
    }
  }

  private static boolean isBorder(String text, int at) {
    return at == 0
        || at == text.length()
        || !Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  @Test
  final void textsComeBackWhereThatIsPromised() {
    Tokenizer tokenizer = tokenizer();
    for (String text : texts()) {
      String back = tokenizer.decode(tokenizer.encode(text));
      check(!tokenizer.roundTrips() || back.equals(text), "\"" + text + "\"", back);
    }
  }

  @Test
  final void aStreamGivesTheTextOfTheWhole() {
    Tokenizer tokenizer = tokenizer();
    Random random = new Random(Long.getLong("llm4j.seed", 1));
    int[] known = known(tokenizer);
    StreamingDecoder all = tokenizer.streamingDecoder();
    StreamingDecoder written = tokenizer.streamingDecoder(true);
    for (int i = 0; i < TEXTS; i++) {
      int[] ids = random.ints(random.nextInt(30), 0, known.length).map(j -> known[j]).toArray();
      check(
          joined(all, ids).equals(tokenizer.decode(ids)),
          "\"" + tokenizer.decode(ids) + "\"",
          "something else streamed for " + Arrays.toString(ids));
      check(
          joined(written, ids).equals(tokenizer.decode(ids, true)),
          "\"" + tokenizer.decode(ids, true) + "\"",
          "something else streamed without special tokens for " + Arrays.toString(ids));
    }
  }

  private static String joined(StreamingDecoder decoder, int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      String piece = decoder.add(id);
      check(
          piece.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
          "whole characters",
          piece);
      text.append(piece);
    }
    return text.append(decoder.end()).toString();
  }

  /** Ids that have a token: a vocabulary may have gaps. */
  private static int[] known(Tokenizer tokenizer) {
    return IntStream.range(0, tokenizer.vocabSize()).filter(id -> has(tokenizer, id)).toArray();
  }

  private static boolean has(Tokenizer tokenizer, int id) {
    try {
      return !tokenizer.token(id).isEmpty();
    } catch (LlmException e) {
      return false;
    }
  }

  @Test
  final void manyTextsGiveWhatEachGivesAlone() {
    Tokenizer tokenizer = tokenizer();
    List<String> texts = texts();
    EncodingOptions cut = EncodingOptions.SPECIAL_TOKENS.with(Truncation.to(20));
    List<TextInput> inputs = new ArrayList<>();
    texts.forEach(text -> inputs.add(TextInput.of(text, texts.get(inputs.size() / 2))));
    for (int threads : new int[] {1, 4}) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        List<int[]> ids = tokenizer.encode(texts, pool);
        List<Encoding> encodings = tokenizer.tokenize(inputs, cut, pool);
        for (int i = 0; i < texts.size(); i++) {
          same(tokenizer.encode(texts.get(i)), ids.get(i), texts.get(i));
          same(tokenizer.tokenize(inputs.get(i), cut).ids(), encodings.get(i).ids(), texts.get(i));
        }
      }
    }
  }

  @Test
  final void inputsKeepToTheirLengths() {
    Tokenizer tokenizer = tokenizer();
    EncodingOptions options =
        EncodingOptions.SPECIAL_TOKENS.with(Truncation.to(16)).with(Padding.to(16, 0));
    for (String text : texts()) {
      Encoding input = tokenizer.tokenize(TextInput.of(text, "a"), options);
      check(input.size() == 16, "16 tokens", input.size());
      for (int t = 0; t < 16; t++) {
        check(input.attentionMask()[t] == (input.padding(t) ? 0 : 1), "a mask of padding", t);
        check(input.special(t) == (input.text(t) == Encoding.NONE), "special ones of no text", t);
      }
    }
  }

  @Test
  final void idsThatItHasNotAreRefused() {
    Tokenizer tokenizer = tokenizer();
    for (int id : new int[] {-1, tokenizer.vocabSize(), Integer.MAX_VALUE}) {
      refused(() -> tokenizer.decode(new int[] {id}), "decode " + id);
      refused(() -> tokenizer.streamingDecoder().add(id), "a stream " + id);
      refused(() -> tokenizer.token(id), "token " + id);
    }
    refused(() -> tokenizer.encode(new byte[] {'a', (byte) 0xFF}), "bytes that are no UTF-8");
    refused(() -> tokenizer.encode("a\uD83D"), "half a character");
  }

  private static void refused(Runnable body, String what) {
    try {
      body.run();
    } catch (LlmException e) {
      return;
    }
    throw new AssertionError(what + ": a refusal expected, found a result");
  }
}
