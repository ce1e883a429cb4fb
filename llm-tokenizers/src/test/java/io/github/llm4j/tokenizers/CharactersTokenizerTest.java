package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CharactersTokenizerTest {
  private final CharactersProvider provider = new CharactersProvider();

  private Tokenizer learn(String... texts) {
    List<TokenizerContext.Source> sources =
        Stream.of(texts)
            .map(text -> (TokenizerContext.Source) () -> new StringReader(text))
            .toList();
    return provider.create(new CharactersSettings(), new TokenizerContext(sources));
  }

  @Test
  void idsAreInCodePointOrderOverAllTexts() {
    Tokenizer tokenizer = learn("hello", "\n🦙é");
    assertEquals(7, tokenizer.vocabSize()); // \n e h l o é 🦙
    assertArrayEquals(new int[] {2, 1, 3, 3, 4, 0, 6, 5}, tokenizer.encode("hello\n🦙é"));
    assertEquals("é🦙", tokenizer.decode(new int[] {5, 6}));
    assertArrayEquals(new byte[] {(byte) 0xC3, (byte) 0xA9}, tokenizer.bytes(5));
  }

  @Test
  void everyKnownTextComesBackAndSurvivesSaving() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      String text = RandomText.of(random, 1 + random.nextInt(500));
      Tokenizer tokenizer = learn(text);
      int[] ids = tokenizer.encode(text);
      assertEquals(text.codePointCount(0, text.length()), ids.length, "seed " + seed);
      assertEquals(text, tokenizer.decode(ids), "seed " + seed);
      Tokenizer restored = provider.restore(provider.save(tokenizer));
      assertArrayEquals(ids, restored.encode(text), "seed " + seed);
      assertEquals(tokenizer.vocabSize(), restored.vocabSize(), "seed " + seed);
    }
  }

  @Test
  void surrogatePairsAreWholeAcrossReads() {
    // the reader's buffer ends inside the pair
    String text = "a".repeat((1 << 16) - 1) + "🦙b";
    assertArrayEquals(new int[] {1, 2}, learn(text).encode("b🦙"));
  }

  @Test
  void unknownCharacterIsNamedWithItsPlace() {
    LlmException e = assertThrows(LlmException.class, () -> learn("abc🦙").encode("a🦙béé\t"));
    assertEquals(
        "tokenizer 'characters': one of the 4 characters of its training texts expected, found 'é'"
            + " (U+00E9 LATIN SMALL LETTER E WITH ACUTE) at character 4, and 1 more unknown ones."
            + " Leave it out, train with text that has it, or use tokenizer 'bytes', which knows"
            + " every text.",
        e.getMessage());
    LlmException tab = assertThrows(LlmException.class, () -> learn("abc").encode("\t"));
    assertTrue(tab.getMessage().contains("found U+0009 CHARACTER TABULATION at character 1."));
  }

  @Test
  void noTextAndHalfCharactersAreRefused() {
    assertTrue(assertThrows(LlmException.class, this::learn).getMessage().contains("found none"));
    assertTrue(
        assertThrows(LlmException.class, () -> learn("", ""))
            .getMessage()
            .contains("found empty text"));
    assertThrows(LlmException.class, () -> learn("a\uD83E"));
    assertThrows(LlmException.class, () -> learn("\uD83Ea"));
    assertThrows(LlmException.class, () -> learn("abc").encode("a\uD83E"));
  }

  @Test
  void otherFilesAreRefused() {
    String saved = provider.save(learn("abc"));
    for (String bad :
        List.of(
            "null",
            "{\"model\": 3}",
            saved.replace("WordLevel", "BPE"),
            saved.replace("\"c\": 2", "\"c\": 3"),
            saved.replace("\"c\": 2", "\"cd\": 2"),
            saved.replace("\"c\": 2", "\"A\": 2"),
            saved.replace("\"c\": 2", "\"c\": 1"))) {
      assertThrows(LlmException.class, () -> provider.restore(bad), bad);
    }
  }
}
