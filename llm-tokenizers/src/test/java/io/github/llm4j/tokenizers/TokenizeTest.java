package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import java.io.StringReader;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tokens with their ranges, and long texts that are taken in pieces. */
class TokenizeTest {
  private static final String LEARNED =
      "Once upon a time there was a tokenizer <|endoftext|> that knew ﬁve words, naïve ones: 日本語, "
          + "😀😀 and e\u0301tude; once upon a time it learned.";

  private static final List<Tokenizer> TOKENIZERS =
      List.of(
          new BytesTokenizer(),
          new CharactersProvider().create(new CharactersSettings(), learned()),
          new ByteLevelBpeProvider()
              .create(new ByteLevelBpeSettings(300, List.of("<|endoftext|>"), 2), learned()));

  private static TokenizerContext learned() {
    return new TokenizerContext(List.of(() -> new StringReader(LEARNED)));
  }

  /** Texts of the characters that all of them know. */
  private static String random(Random random, int length) {
    int[] letters = LEARNED.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (random.nextInt(20) == 0) {
        text.append("<|endoftext|>");
      }
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  @Test
  void rangesCoverTheTextInOrder() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = random(random, random.nextInt(60));
      for (Tokenizer tokenizer : TOKENIZERS) {
        Encoding tokens = tokenizer.tokenize(text);
        assertArrayEquals(tokenizer.encode(text), tokens.ids());
        int end = 0;
        int word = 0;
        for (int t = 0; t < tokens.size(); t++) {
          assertTrue(tokens.start(t) <= end, text); // a part of a character has the whole one's
          assertTrue(tokens.end(t) >= end && tokens.end(t) > tokens.start(t), text);
          assertTrue(tokens.word(t) == word || tokens.word(t) == word + 1, text);
          end = tokens.end(t);
          word = tokens.word(t);
        }
        assertEquals(text.length(), end);
      }
    }
  }

  @Test
  void aLongTextIsEncodedAsAWhole() {
    Random random = new Random(1);
    Tokenizer tokenizer = TOKENIZERS.get(2);
    String text = random(random, 200_000);
    int[] ids = tokenizer.encode(text);
    assertArrayEquals(ids, tokenizer.tokenize(text).ids());
    assertArrayEquals(ids, tokenizer.encode(CharBuffer.wrap(text))); // not a String
    assertEquals(text, tokenizer.decode(ids));
    // Pieces as they come from outside: joined at blanks, which always part words behind letters.
    int from = 0;
    int at = 0;
    for (int to = text.indexOf("a t"); to >= 0; to = text.indexOf("a t", to + 1)) {
      int[] part = tokenizer.encode(text.substring(from, to + 1));
      for (int id : part) {
        assertEquals(id, ids[at++]);
      }
      from = to + 1;
    }
    assertArrayEquals(
        tokenizer.encode(text.substring(from)), java.util.Arrays.copyOfRange(ids, at, ids.length));
  }

  @Test
  void aPartOfACharacterHasTheRangeOfTheWhole() {
    Encoding tokens = TOKENIZERS.get(0).tokenize("a😀b");
    assertEquals(6, tokens.size());
    for (int t = 1; t < 5; t++) {
      assertEquals(1, tokens.start(t));
      assertEquals(3, tokens.end(t));
    }
    assertEquals(3, tokens.start(5));
    assertEquals(4, tokens.end(5));
  }
}
