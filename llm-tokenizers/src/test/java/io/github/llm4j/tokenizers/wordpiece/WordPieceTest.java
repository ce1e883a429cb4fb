package io.github.llm4j.tokenizers.wordpiece;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.Tokens;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordPieceTest {
  private static final String[] LETTERS = {"a", "b", "é", "日", "#"};

  private static Vocabulary vocabulary(List<String> tokens) {
    return new Vocabulary(
        tokens.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
  }

  private static int[] encode(WordPiece model, String word) {
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    Tokens tokens = new Tokens(false);
    model.words().encode(utf8, 0, utf8.length, tokens);
    return tokens.ids();
  }

  private static String random(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(most); n >= 0; n--) {
      text.append(LETTERS[random.nextInt(random.nextInt(3) == 0 ? LETTERS.length : 2)]);
    }
    return text.toString();
  }

  /** The definition: the longest token, again and again. */
  private static int[] longestFirst(List<String> tokens, String prefix, String word) {
    List<Integer> ids = new ArrayList<>();
    int from = 0;
    while (from < word.length()) {
      int end = word.length();
      while (end > from && !tokens.contains((from > 0 ? prefix : "") + word.substring(from, end))) {
        end--;
      }
      if (end == from) {
        return new int[] {0};
      }
      ids.add(tokens.indexOf((from > 0 ? prefix : "") + word.substring(from, end)));
      from = end;
    }
    return ids.stream().mapToInt(i -> i).toArray();
  }

  @Test
  void theLongestTokenIsTakenEachTime() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String prefix = List.of("##", "##", "", "a").get(random.nextInt(4));
      Set<String> tokens = new LinkedHashSet<>(List.of("[UNK]"));
      for (int n = random.nextInt(30); n >= 0; n--) {
        tokens.add((random.nextBoolean() ? prefix : "") + random(random, 6));
      }
      List<String> list = List.copyOf(tokens);
      WordPiece model = new WordPiece(vocabulary(list), "[UNK]", prefix, 1000);
      for (int n = 0; n < 30; n++) {
        String word = random(random, 30);
        int[] expected = longestFirst(list, prefix, word);
        for (int again = 0; again < 2; again++) { // the second time from the cache
          assertArrayEquals(
              expected, encode(model, word), () -> "seed " + seed + ": " + word + " of " + list);
        }
      }
    }
  }

  @Test
  void longTokensAndLongWordsTakeOnePass() {
    String many = "a".repeat(1_000_000);
    WordPiece model =
        new WordPiece(
            vocabulary(List.of("[UNK]", "a", "##a", many + "b", "##b")), "[UNK]", "##", 1L << 40);
    int[] expected = new int[1_000_000];
    Arrays.fill(expected, 2);
    expected[0] = 1;
    assertArrayEquals(expected, encode(model, many));
    assertArrayEquals(new int[] {3}, encode(model, many + "b"));
    assertEquals(1_000_002, encode(model, "a" + many + "b").length);
    assertArrayEquals(new int[] {0}, encode(model, many + "c"));
  }

  @Test
  void wordsOfTooManyCharactersAreUnknown() {
    WordPiece model = new WordPiece(vocabulary(List.of("[UNK]", "é", "##é")), "[UNK]", "##", 3);
    assertArrayEquals(new int[] {1, 2, 2}, encode(model, "ééé"));
    assertArrayEquals(new int[] {0}, encode(model, "éééé"));
    WordPiece without = new WordPiece(vocabulary(List.of("a")), "[UNK]", "##", 3);
    String message = assertThrows(LlmException.class, () -> encode(without, "b")).getMessage();
    assertTrue(message.contains("its unk_token \"[UNK]\" in the vocabulary"), message);
  }
}
