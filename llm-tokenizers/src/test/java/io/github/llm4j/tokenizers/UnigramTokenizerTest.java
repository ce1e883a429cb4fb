package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A learned unigram tokenizer as a whole. */
class UnigramTokenizerTest {
  private static final UnigramProvider PROVIDER = new UnigramProvider();
  private static final List<String> SPECIAL = List.of("<|endoftext|>");

  private static Tokenizer learned(int vocabSize) {
    String text =
        "The cat sat on the mat.\nThe other cat sat on the other mat, and the mat was flat.<|endoftext|>\n"
            .repeat(20);
    return PROVIDER.create(
        new UnigramSettings(vocabSize, SPECIAL, 0.9995),
        new TokenizerContext(List.of(() -> new StringReader(text))));
  }

  @Test
  void everyTextComesBack() {
    Tokenizer tokenizer = learned(280);
    assertEquals(280, tokenizer.vocabSize());
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String text = RandomText.of(random, random.nextInt(40)) + " the  cat \n";
      assertEquals(
          text.replace('\u2581', ' '), tokenizer.decode(tokenizer.encode(text)), "seed " + seed);
    }
    for (String text : List.of("", " ", "  The mat", "cat<|endoftext|>cat", "<unk>", "ü")) {
      assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
    }
    assertEquals(1, tokenizer.encode(" the").length);
  }

  @Test
  void whatIsSavedGivesTheSameIds() {
    Tokenizer tokenizer = learned(278);
    Tokenizer restored = PROVIDER.restore(PROVIDER.save(tokenizer));
    String text = "The cat, the zebra and the <|endoftext|> mat";
    assertArrayEquals(tokenizer.encode(text), restored.encode(text));
    assertEquals(tokenizer.specialTokens(), restored.specialTokens());
    assertEquals(UnigramProvider.TYPE, Tokenizers.type(restored));
  }

  @Test
  void aSmallTextGivesASmallVocabulary() {
    assertTrue(learned(4000).vocabSize() < 600);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(SettingsException.class, () -> new UnigramSettings(258, SPECIAL, 0.9995));
    assertThrows(SettingsException.class, () -> new UnigramSettings(300, List.of(""), 0.9995));
    assertThrows(SettingsException.class, () -> new UnigramSettings(300, SPECIAL, Double.NaN));
  }
}
