package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ByteLevelBpeTest {
  private static final String TEXT =
      "the cat sat on the mat, the cats don't; ein Mädchen 🦙🦙 über 2025\r\n".repeat(20);

  private final ByteLevelBpeProvider provider = new ByteLevelBpeProvider();

  private Tokenizer learn(int vocabSize, List<String> special, String... texts) {
    List<TokenizerContext.Source> sources =
        Stream.of(texts)
            .map(text -> (TokenizerContext.Source) () -> new StringReader(text))
            .toList();
    return provider.create(
        new ByteLevelBpeSettings(vocabSize, special, 2), new TokenizerContext(sources));
  }

  private Tokenizer small() {
    return learn(290, List.of("<|endoftext|>"), TEXT);
  }

  @Test
  void idsAreSpecialTokensThenBytesThenMerges() {
    Tokenizer tokenizer = learn(261, List.of("<s>", "</s>"), "ab ab ab abc abc abcd abcd");
    assertEquals(261, tokenizer.vocabSize());
    assertEquals(Map.of("<s>", 0, "</s>", 1), tokenizer.specialTokens());
    assertArrayEquals(new int[] {2, 2 + 32, 2 + 188}, tokenizer.encode("!A\u0000"));
    // merges: a+b (7), then 6 times " "+"ab", 4 times "Ġab"+"c"
    assertArrayEquals(
        new int[] {258, 259, 260, 0, 260, 1}, tokenizer.encode("ab ab abc<s> abc</s>"));
    assertEquals(" abc", tokenizer.decode(new int[] {260}));
    assertEquals("<s>", tokenizer.decode(new int[] {0}));
  }

  @Test
  void everyTextComesBackAndStreamsInWholeCharacters() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Tokenizer tokenizer = small();
    StreamingDecoder decoder = tokenizer.streamingDecoder();
    for (int i = 0; i < 200; i++) {
      int start = random.nextInt(TEXT.length() / 2);
      String text =
          RandomText.of(random, random.nextInt(60))
              + TEXT.substring(start, TEXT.offsetByCodePoints(start, random.nextInt(50)))
                  .replaceAll("[\uD800-\uDFFF]", "")
              + RandomText.of(random, random.nextInt(5)).repeat(random.nextInt(60));
      int[] ids = tokenizer.encode(text);
      assertEquals(text, tokenizer.decode(ids), "seed " + seed);
      StringBuilder streamed = new StringBuilder();
      for (int id : ids) {
        String chunk = decoder.add(id);
        assertTrue(chunk.isEmpty() || !Character.isLowSurrogate(chunk.charAt(0)));
        streamed.append(chunk);
      }
      assertEquals(text, streamed.append(decoder.end()).toString(), "seed " + seed);
    }
  }

  @Test
  void savedIsRestored() {
    Tokenizer tokenizer = small();
    String saved = provider.save(tokenizer);
    Tokenizer restored = provider.restore(saved);
    assertArrayEquals(tokenizer.encode(TEXT), restored.encode(TEXT));
    assertEquals(tokenizer.specialTokens(), restored.specialTokens());
    assertEquals(saved, provider.save(restored));
  }

  @Test
  void specialTokensAreInTheVocabularyOfOthers() {
    // a library that finds them there keeps their ids; it gives new ones to those that it adds
    Tokenizer tokenizer = learn(262, List.of("<|end of text|>", "<é>"), TEXT);
    String saved = provider.save(tokenizer);
    assertTrue(saved.contains("\"vocab\": {\n      \"<|end of text|>\": 0,\n      \"<é>\": 1,"));
    Tokenizer restored = provider.restore(saved);
    assertEquals(saved, provider.save(restored));
    assertArrayEquals(new int[] {1, 0}, restored.encode("<é><|end of text|>"));
    for (String taken : List.of("A", "é", "Ġto")) { // byte 0xE9; " to" in letters
      LlmException e =
          assertThrows(LlmException.class, () -> learn(270, List.of(taken), " to".repeat(9)));
      assertTrue(e.getMessage().contains("found \"" + taken + "\""), e.getMessage());
    }
  }

  @Test
  void threadsShareOne() {
    Tokenizer tokenizer = small();
    int[] expected = tokenizer.encode(TEXT);
    int[][] found = new int[64][];
    try (WorkerPool pool = new WorkerPool(4)) {
      pool.run(found.length, (part, worker) -> found[part] = tokenizer.encode(TEXT));
    }
    for (int[] ids : found) {
      assertArrayEquals(expected, ids);
    }
  }

  @Test
  void aTextWithTooFewPairsGivesASmallerVocabulary() {
    Tokenizer tokenizer = learn(8192, List.of(), "abab");
    assertEquals(256 + 1, tokenizer.vocabSize()); // "ab" occurs twice, "abab" once
    assertEquals(256, learn(8192, List.of(), "a").vocabSize());
  }

  @Test
  void wrongSettingsAreNamed() {
    String small = message(300, "a", "b", "a");
    assertEquals("texts that differ and aren't empty expected, found \"a\" twice.", small);
    assertEquals(
        "from 258 (256 bytes and 2 special tokens) to 16,777,216 expected, found 257.",
        message(257, "a", "b"));
    assertTrue(message(300, "").contains("found \"\""));
    assertThrows(SettingsException.class, () -> new ByteLevelBpeSettings(300, List.of(), 0));
  }

  private static String message(int vocabSize, String... special) {
    return assertThrows(
            SettingsException.class, () -> new ByteLevelBpeSettings(vocabSize, List.of(special), 2))
        .getMessage();
  }

  @Test
  void noTextAndHalfCharactersAreRefused() {
    assertEquals(
        "tokenizer 'byte-level-bpe': training text expected to learn merges from, found empty text."
            + " Name a text in data.train.",
        assertThrows(LlmException.class, () -> learn(300, List.of(), "", "")).getMessage());
    assertThrows(LlmException.class, () -> learn(300, List.of()));
    assertThrows(LlmException.class, () -> learn(300, List.of(), "a\uD83E b"));
    assertThrows(LlmException.class, () -> small().encode("a\uD83E"));
    LlmException e = assertThrows(LlmException.class, () -> small().decode(new int[] {300}));
    assertTrue(e.getMessage().contains("ids from 0 to 289 expected, found 300"), e.getMessage());
  }
}
