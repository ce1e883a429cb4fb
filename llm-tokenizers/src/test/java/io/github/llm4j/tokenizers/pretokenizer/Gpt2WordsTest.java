package io.github.llm4j.tokenizers.pretokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The scanner against the pattern that defines it. */
class Gpt2WordsTest {
  private static final Pattern PATTERN =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** What words are about, from ASCII to the supplementary planes. */
  private static final String[] ALPHABET = {
    " ",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u00A0",
    "\u2003",
    "\u0085",
    "\u2028",
    "\u200B",
    "\u001C",
    "'",
    "'s",
    "'t",
    "'re",
    "'ve",
    "'m",
    "'ll",
    "'d",
    "'S",
    "'l",
    "’s",
    "a",
    "B",
    "s",
    "re",
    "é",
    "ſ",
    "日",
    "本",
    "ก",
    "ั",
    "e\u0301",
    "𝒜",
    "𐐀",
    "1",
    "²",
    "Ⅷ",
    "٣",
    "𝟙",
    "!",
    "_",
    "-",
    "🦙",
    "\uFFFD",
    "\uFEFF",
    "\u0000",
    "\uD800\uDC00",
    "ª",
    "ʰ"
  };

  private static List<String> scanned(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>();
    for (int from = 0; from < utf8.length; ) {
      int end = Gpt2Words.end(utf8, from, utf8.length);
      words.add(new String(utf8, from, end - from, StandardCharsets.UTF_8));
      from = end;
    }
    return words;
  }

  private static List<String> matched(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = PATTERN.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  private static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n >= 0; n--) {
      if (random.nextInt(4) > 0) {
        text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
      } else {
        int c = random.nextInt(random.nextBoolean() ? 0x3100 : 0x110000);
        text.appendCodePoint(Surrogates.isSurrogate(c) ? 'x' : c);
      }
    }
    return text.toString();
  }

  @Test
  void everyCharacterIsOfTheKindThatThePatternSays() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (!Surrogates.isSurrogate(c)) {
        String text = "a" + Character.toString(c) + "1!";
        assertEquals(matched(text), scanned(text), "U+" + Integer.toHexString(c));
      }
    }
  }

  @Test
  void wordsOfRandomTextsAreThoseOfThePattern() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      String text = random(random);
      assertEquals(matched(text), scanned(text), "seed " + seed + ", text " + i);
    }
  }

  @Test
  void whereWordsAlwaysPartTheyDo() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int parted = 0;
    for (int i = 0; i < 50_000; i++) {
      String left = random(random);
      String right = random(random);
      if (Gpt2Words.alwaysParts(left.codePointBefore(left.length()), right.codePointAt(0))) {
        List<String> apart = new ArrayList<>(scanned(left));
        apart.addAll(scanned(right));
        assertEquals(apart, scanned(left + right), "seed " + seed + ", text " + i);
        parted++;
      }
    }
    assertTrue(parted > 1000, parted + " parted");
  }
}
