package io.github.llm4j.tokenizers.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.EncodingOptions;
import io.github.llm4j.api.tokenizer.Padding;
import io.github.llm4j.api.tokenizer.Side;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.Truncation;
import io.github.llm4j.api.tokenizer.Truncation.Strategy;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.tokenizers.Tokenizers;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inputs of a byte-level tokenizer whose ids are the letters' bytes. */
class InputsTest {
  private static final String TEMPLATE =
      """
      {"type": "TemplateProcessing",
       "single": [{"SpecialToken": {"id": "S", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
       "pair": [{"Sequence": {"id": "B", "type_id": 0}}, {"SpecialToken": {"id": "S", "type_id": 2}},
         {"Sequence": {"id": "A", "type_id": 1}}],
       "special_tokens": {"S": {"id": "S", "ids": [3, 2], "tokens": ["d", "c"]}}}
      """;

  private static Tokenizer tokenizer(String post) {
    return Tokenizers.read(
        "t.json",
        """
        {"truncation": {"max_length": 4, "strategy": "OnlyFirst", "stride": 1, "direction": "Left"},
         "padding": {"strategy": {"Fixed": 6}, "pad_id": 1, "pad_type_id": 2, "pad_token": "b"},
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false},
         "post_processor": %s,
         "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "c": 2, "d": 3, "Ġ": 4, "Ã": 5, "©": 6},
           "merges": []}}
        """
            .formatted(post));
  }

  private static int[] ids(TextInput input, Truncation truncation) {
    EncodingOptions options = EncodingOptions.PLAIN.with(truncation);
    return tokenizer("null").tokenize(input, options).ids();
  }

  @Test
  void textsChangePlacesAndTypesInATemplate() {
    Encoding input =
        tokenizer(TEMPLATE).tokenize(TextInput.of("ab", "ba"), EncodingOptions.SPECIAL_TOKENS);
    assertArrayEquals(new int[] {1, 0, 3, 2, 0, 1}, input.ids());
    assertArrayEquals(new int[] {0, 0, 2, 2, 1, 1}, input.types());
    assertEquals(
        List.of(1, Encoding.NONE, 0), List.of(input.text(0), input.text(2), input.text(4)));
  }

  @Test
  void theFilesOwnOptionsAreUsedWhenAskedFor() {
    Tokenizer tokenizer = tokenizer(TEMPLATE);
    assertEquals(
        new EncodingOptions(
            true,
            EncodingOptions.PLAIN
                .with(new Truncation(4, Strategy.ONLY_FIRST, 1, Side.LEFT, false))
                .truncation(),
            EncodingOptions.PLAIN.with(new Padding(6, 0, Side.RIGHT, 1, 2)).padding()),
        tokenizer.ownOptions());
    Encoding own = tokenizer.tokenize(TextInput.of("abcd"), tokenizer.ownOptions());
    assertArrayEquals(new int[] {3, 2, 2, 3, 1, 1}, own.ids());
    assertArrayEquals(new int[] {1, 1, 1, 1, 0, 0}, own.attentionMask());
    assertEquals(4, tokenizer.tokenize("abcd").size());
  }

  @Test
  void partsOfAnOverflowHaveTheTemplatesTypes() {
    EncodingOptions options =
        EncodingOptions.SPECIAL_TOKENS.with(
            new Truncation(6, Strategy.LONGEST_FIRST, 0, Side.RIGHT, true));
    Encoding input = tokenizer(TEMPLATE).tokenize(TextInput.of("aaa", "bbb"), options);
    assertEquals(3, input.overflow().size());
    assertArrayEquals(new int[] {0, 0, 2, 2, 1}, input.overflow().get(0).types());
    assertArrayEquals(new int[] {1, 1, 3, 2, 0}, input.overflow().get(0).ids());
    assertArrayEquals(new int[] {1, 3, 2, 0}, input.overflow().get(1).ids());
  }

  @Test
  void cutsAtEitherSide() {
    TextInput input = TextInput.of("abcdabcd");
    assertArrayEquals(new int[] {0, 1, 2}, ids(input, Truncation.to(3)));
    Truncation left = new Truncation(3, Strategy.ONLY_FIRST, 0, Side.LEFT, false);
    assertArrayEquals(new int[] {1, 2, 3}, ids(input, left));
    assertArrayEquals(new int[0], ids(input, Truncation.to(0)));
    assertArrayEquals(new int[] {0, 1, 1}, ids(TextInput.of("abcd", "b"), Truncation.to(3)));
  }

  @Test
  void whatCantBeCutIsRefused() {
    TextInput input = TextInput.of("abcdabcd", "ab");
    for (Truncation bad :
        List.of(
            new Truncation(1, Strategy.ONLY_SECOND, 0, Side.RIGHT, false),
            new Truncation(3, Strategy.LONGEST_FIRST, 2, Side.RIGHT, true))) {
      assertThrows(LlmException.class, () -> ids(input, bad));
    }
    EncodingOptions small = EncodingOptions.SPECIAL_TOKENS.with(Truncation.to(1));
    String message =
        assertThrows(
                LlmException.class, () -> tokenizer(TEMPLATE).tokenize(TextInput.of("a"), small))
            .getMessage();
    assertTrue(message.contains("room for the 2 special tokens expected, found 1."), message);
    assertThrows(LlmException.class, () -> Truncation.to(-1));
    assertThrows(LlmException.class, () -> Padding.longest(-1));
  }

  @Test
  void theLongestOfABatchSaysHowFarItIsFilledUp() {
    EncodingOptions options =
        EncodingOptions.PLAIN.with(new Padding(Padding.LONGEST, 4, Side.LEFT, 3, 0));
    List<Encoding> batch =
        tokenizer("null")
            .tokenize(List.of(TextInput.of("a"), TextInput.of("abcab")), options, Workers.caller());
    assertArrayEquals(new int[] {3, 3, 3, 3, 3, 3, 3, 0}, batch.get(0).ids());
    assertArrayEquals(new int[] {3, 3, 3, 0, 1, 2, 0, 1}, batch.get(1).ids());
    assertEquals(List.of(), tokenizer("null").tokenize(List.of(), options, Workers.caller()));
  }

  @Test
  void utf8IsTakenInPiecesAndChecked() {
    Tokenizer tokenizer = tokenizer("null");
    String text = "aé b".repeat(50_000);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(tokenizer.encode(text), tokenizer.encode(utf8));
    assertArrayEquals(
        tokenizer.encode("b"), tokenizer.encode(MemorySegment.ofArray(utf8).asSlice(4, 1)));
    utf8[100_000] = (byte) 0xFF;
    String message = assertThrows(LlmException.class, () -> tokenizer.encode(utf8)).getMessage();
    assertTrue(message.contains("found the byte 0xFF at 100,000"), message);
    assertEquals(text.length() + 50_000, tokenizer.count(text));
  }

  @Test
  void damagedOnesAreNamed() {
    assertMessage("{\"type\": \"X\"}", "post_processor.type: one of ByteLevel, ");
    assertMessage(
        TEMPLATE.replace("{\"S\": {", "{\"T\": {"), "SpecialToken.id: one of special_tokens");
    assertMessage(TEMPLATE.replace("[3, 2]", "[3]"), "ids: as many ids as tokens expected");
    assertMessage(
        "{\"type\": \"BertProcessing\", \"cls\": [\"x\"], \"sep\": [\"x\", 1]}",
        "post_processor.cls: a token and its id");
  }

  private static void assertMessage(String post, String part) {
    String message = assertThrows(LlmException.class, () -> tokenizer(post)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
