package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accents, marks and characters that are no text, in BERT's uncased vocabulary. */
class AccentsTest {
  private static final Tokenizer UNCASED =
      Tokenizers.read(
          "bert",
          SharedData.text("data/tokenizers/bert-base-uncased/tokenizer.json")
              .replaceFirst("\"decoder\":\\s*\\{[^}]*\\}", "\"decoder\":null"));

  @Test
  void accentsAreLeftOutAndBelongToTheirLetters() {
    for (String text : List.of("café", "cafe\u0301")) {
      Encoding tokens = UNCASED.tokenize(text);
      assertArrayEquals(new int[] {7668}, tokens.ids());
      assertEquals(0, tokens.start(0));
      assertEquals(text.length(), tokens.end(0));
    }
    assertArrayEquals(new int[] {1718}, UNCASED.encode("バ"));
  }

  @Test
  void whatIsNoTextIsLeftOut() {
    assertArrayEquals(new int[] {5925}, UNCASED.encode("a\u0000b\ufffdc"));
    assertArrayEquals(new int[] {11113}, UNCASED.encode("a\u200bb"));
    assertArrayEquals(new int[] {7592, 2088}, UNCASED.encode("hello\tworld\r\n"));
  }
}
