package io.github.llm4j.tokenizers.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The automaton against looking at each place for each pattern. */
class TokenFinderTest {

  @Test
  void longestAtEachPlace() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<String> patterns = new ArrayList<>();
      for (int p = random.nextInt(6); p >= 0; p--) {
        patterns.add(letters(random, 1 + random.nextInt(5)));
      }
      String text = letters(random, random.nextInt(40));
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(naive(patterns, text), found(patterns, utf8), patterns + " in " + text);
    }
  }

  private static List<String> found(List<String> patterns, byte[] utf8) {
    TokenFinder finder = new TokenFinder(patterns);
    List<String> found = new ArrayList<>();
    ArrayDeque<Long> matches = finder.find(utf8, 0, utf8.length);
    while (!matches.isEmpty()) {
      long match = matches.pop();
      found.add((match >>> 32) + ":" + patterns.get((int) match));
    }
    return found;
  }

  private static List<String> naive(List<String> patterns, String text) {
    List<String> found = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      String longest = "";
      for (String pattern : patterns) {
        if (text.startsWith(pattern, i) && pattern.length() > longest.length()) {
          longest = pattern;
        }
      }
      if (!longest.isEmpty()) {
        found.add(at + ":" + longest);
      }
      at += text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8).length;
    }
    return found;
  }

  private static String letters(Random random, int length) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append("ab\u00e9".charAt(random.nextInt(3)));
    }
    return letters.toString();
  }

  @Test
  void aTokenOfAMegabyteCostsNoMoreThanItsLength() {
    String end = "a".repeat(1 << 20);
    TokenFinder finder = new TokenFinder(List.of(end + "b", "b" + end, "a", "c"));
    byte[] text = ("a".repeat(3_000_000) + "c").getBytes(StandardCharsets.UTF_8);
    // looking at each place for each of them would take hours
    assertEquals(3_000_001, finder.find(text, 0, text.length).size());
  }
}
