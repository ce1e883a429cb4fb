package io.github.llm4j.tokenizers.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.pipeline.Regex;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodersTest {
  @Test
  void streamedEqualsWholeForAnyIds() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int[] all = SomeDecoders.ids();
    for (String decoder : SomeDecoders.all()) {
      Pipeline tokenizer = SomeDecoders.tokenizer(decoder);
      StreamingDecoder plain = tokenizer.streamingDecoder();
      StreamingDecoder skipping = tokenizer.streamingDecoder(true);
      for (int i = 0; i < 300; i++) {
        int[] ids = random.ints(random.nextInt(12), 0, all.length).map(j -> all[j]).toArray();
        assertEquals(tokenizer.decode(ids), joined(plain, ids), decoder);
        assertEquals(tokenizer.decode(ids, true), joined(skipping, ids), decoder);
      }
    }
  }

  private static String joined(StreamingDecoder decoder, int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      String piece = decoder.add(id);
      assertFalse(piece.codePoints().anyMatch(Surrogates::isSurrogate));
      text.append(piece);
    }
    return text.append(decoder.end()).toString();
  }

  @Test
  void whatIsCompleteComesAtOnce() {
    Pipeline llama = SomeDecoders.tokenizer(SomeDecoders.all().get(16));
    StreamingDecoder decoder = llama.streamingDecoder();
    List<String> chunks = new ArrayList<>();
    for (String token : List.of("▁the", "▁the", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "do")) {
      chunks.add(decoder.add(llama.id(token).orElseThrow()));
    }
    assertEquals(List.of("the", " the", "", "", "", "", "😀do"), chunks);
    assertEquals("", decoder.end());
    assertEquals("", decoder.end());
  }

  @Test
  void textsWithoutTokensAreEmpty() {
    for (String decoder : SomeDecoders.all()) {
      Pipeline tokenizer = SomeDecoders.tokenizer(decoder);
      assertEquals("", tokenizer.decode(new int[0]));
      assertEquals(
          "",
          tokenizer.decode(new int[] {SomeDecoders.id("<s>"), 0, SomeDecoders.id("<s>")}, true));
      assertEquals("", tokenizer.streamingDecoder().end());
    }
  }

  @Test
  void endsAreCutOffStreamedAsWhole() {
    StripDecoder strip = new StripDecoder("a", 2, 3);
    for (String text : List.of("", "a", "aaaa", "aaaaaa", "aaabaaaaa", "baab", "aab", "baaaaa")) {
      String expected = text.replaceFirst("^a{0,2}", "").replaceFirst("a{0,3}$", "");
      for (int cut = 0; cut <= text.length(); cut++) {
        StringBuilder result = new StringBuilder();
        var stage = new Fuse().open(strip.open(new Collected(result)));
        stage.piece(text.substring(0, cut));
        stage.piece(text.substring(cut));
        stage.tokenEnd();
        stage.end();
        assertEquals(expected, result.toString(), text);
      }
    }
  }

  private record Collected(StringBuilder text)
      implements io.github.llm4j.tokenizers.pipeline.DecoderStage {
    @Override
    public void piece(String piece) {
      text.append(piece);
    }

    @Override
    public void tokenEnd() {}

    @Override
    public void end() {}
  }

  @Test
  void eachIsWrittenAsItWasRead() {
    for (String decoder : SomeDecoders.all()) {
      String written = SomeDecoders.tokenizer(decoder).json();
      String squeezed = written.replaceAll("[ \\n]", "");
      assertTrue(
          squeezed.contains("\"decoder\":" + decoder.replace(" ", "") + ",\"model\""), written);
    }
  }

  @Test
  void entriesByTheirTexts() {
    Pipeline tokenizer = SomeDecoders.tokenizer("null");
    for (int id : SomeDecoders.ids()) {
      assertEquals(id, tokenizer.id(tokenizer.token(id)).orElseThrow());
    }
    assertTrue(tokenizer.id("no such token").isEmpty());
    assertTrue(tokenizer.id("").isEmpty());
    for (int id : List.of(-1, SomeDecoders.ids().length, Integer.MAX_VALUE)) {
      assertThrows(LlmException.class, () -> tokenizer.token(id));
      assertThrows(LlmException.class, () -> tokenizer.decode(new int[] {1, id}));
      assertThrows(LlmException.class, () -> tokenizer.streamingDecoder().add(id));
    }
  }

  @Test
  void damagedOnesAreNamed() {
    assertMessage("{\"type\": \"Byte\"}", "decoder.type: one of BPEDecoder, ByteFallback, ");
    assertMessage(
        "{\"type\": \"Strip\", \"content\": \"ab\", \"start\": 0, \"stop\": 0}",
        "decoder.content: one character expected, found \"ab\".");
    assertMessage(
        "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"(\"}, \"content\": \"\"}",
        "decoder.pattern.Regex: ");
    assertMessage(
        "{\"type\": \"Sequence\", \"decoders\": [{\"type\": \"Fuse\"}, {\"type\": \"X\"}]}",
        "decoder.decoders[1].type: ");
  }

  private static void assertMessage(String decoder, String part) {
    String message =
        assertThrows(LlmException.class, () -> SomeDecoders.tokenizer(decoder)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void aPatternThatGoesBackAndForthIsStopped() {
    RegexDecoder decoder =
        new RegexDecoder(Regex.of("decoder", "(.*)(.*)(.*)(.*)(.*)c|(x|y)*z"), "");
    var stage = decoder.open(new Collected(new StringBuilder()));
    stage.piece("a".repeat(40));
    assertThrows(LlmException.class, stage::tokenEnd);
    stage.piece("xy".repeat(100_000));
    assertThrows(LlmException.class, stage::tokenEnd);
  }
}
