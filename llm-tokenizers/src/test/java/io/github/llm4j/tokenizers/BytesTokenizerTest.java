package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTokenizerTest {
  private final BytesProvider provider = new BytesProvider();
  private final Tokenizer tokenizer =
      provider.create(new BytesSettings(), new TokenizerContext(List.of()));

  @Test
  void idsAreTheBytes() {
    assertArrayEquals(new int[] {'a', 0xC3, 0xA9, 0xF0, 0x9F, 0xA6, 0x99}, ids("aé🦙"));
    assertArrayEquals(new int[0], ids(""));
    assertEquals(256, tokenizer.vocabSize());
  }

  private int[] ids(String text) {
    return tokenizer.encode(text);
  }

  @Test
  void everyTextComesBack() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = RandomText.of(random, random.nextInt(300));
      int[] ids = tokenizer.encode(text);
      assertEquals(text, tokenizer.decode(ids), "seed " + seed);
      assertEquals(text.getBytes(StandardCharsets.UTF_8).length, ids.length, "seed " + seed);
    }
  }

  @Test
  void savedIsRestored() {
    Tokenizer restored = provider.restore(provider.save(tokenizer));
    assertArrayEquals(tokenizer.encode("aé🦙\n"), restored.encode("aé🦙\n"));
  }

  @Test
  void otherFilesAreRefused() {
    String saved = provider.save(tokenizer);
    for (String bad :
        List.of(
            "",
            "[]",
            "{",
            "{}",
            saved.replace("BPE", "WordLevel"),
            saved.replace("\"A\": 65", "\"A\": 66"),
            saved.replace("\"A\": 65", "\"A\": 65.5"),
            saved.substring(0, saved.length() / 2))) {
      assertThrows(LlmException.class, () -> provider.restore(bad), bad);
    }
  }

  @Test
  void halfACharacterIsRefused() {
    LlmException e = assertThrows(LlmException.class, () -> tokenizer.encode("🦙a\uD83E."));
    assertEquals(
        "tokenizer 'bytes': whole characters expected, found half of a surrogate pair (U+D83E) at"
            + " character 3. Cut texts between code points.",
        e.getMessage());
  }

  @Test
  void idsOutOfRangeAreRefused() {
    LlmException e = assertThrows(LlmException.class, () -> tokenizer.decode(new int[] {1, 256}));
    assertEquals(
        "tokenizer 'bytes': ids from 0 to 255 expected, found 256. The ids come from a model with"
            + " another tokenizer.",
        e.getMessage());
    assertThrows(LlmException.class, () -> tokenizer.bytes(-1));
  }
}
