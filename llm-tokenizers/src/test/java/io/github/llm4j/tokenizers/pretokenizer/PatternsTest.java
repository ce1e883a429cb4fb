package io.github.llm4j.tokenizers.pretokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scanners against the patterns that define them. */
class PatternsTest {
  private static final long SEED = Long.getLong("llm4j.seed", 1);

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
    "'lL",
    "'Re",
    "'ſ",
    "/",
    "$",
    "ǅ",
    "Σ",
    "ー",
    "。",
    ".",
    ",",
    "(",
    "|",
    "한",
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

  /** Stretches of a text; those that aren't words in angle brackets. */
  private static List<String> scanned(Words words, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    List<String> stretches = new ArrayList<>();
    int to = 0;
    for (int from = 0; from < utf8.length; from = to) {
      int end = words.end(utf8, from, utf8.length);
      to = end < 0 ? ~end : end;
      String stretch = new String(utf8, from, to - from, StandardCharsets.UTF_8);
      stretches.add(end < 0 ? "<" + stretch + ">" : stretch);
    }
    return stretches;
  }

  private static List<String> matched(Pattern pattern, String text) {
    List<String> stretches = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() > end) {
        stretches.add("<" + text.substring(end, matcher.start()) + ">");
      }
      stretches.add(matcher.group());
      end = matcher.end();
    }
    if (end < text.length()) {
      stretches.add("<" + text.substring(end) + ">");
    }
    return stretches;
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

  static Set<String> patterns() {
    return Patterns.all();
  }

  private static Pattern compiled(String pattern) {
    // what is negated in Java is what stands before an inner class alone
    String flat = pattern.replace("|[.,!?…。，、।۔،])]", "|.,!?…。，、।۔،)]");
    return Pattern.compile(flat, Pattern.UNICODE_CHARACTER_CLASS);
  }

  private static Words words(String pattern) {
    return Objects.requireNonNull(Patterns.words(pattern));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void everyCharacterIsOfTheKindThatThePatternSays(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x20000 ? 1 : 101) {
      if (!Surrogates.isSurrogate(c)) {
        text.append('a').appendCodePoint(c).append("1!");
      }
    }
    List<String> expected = matched(compiled(pattern), text.toString());
    List<String> found = scanned(words(pattern), text.toString());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), "U+%X".formatted(expected.get(i).codePointAt(0)));
    }
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void wordsOfRandomTextsAreThoseOfThePattern(String pattern) {
    Random random = new Random(SEED);
    Pattern compiled = compiled(pattern);
    for (int i = 0; i < 4_000; i++) {
      String text = random(random);
      assertEquals(
          matched(compiled, text),
          scanned(words(pattern), text),
          () -> "seed %d: %s in %s".formatted(SEED, pattern, text));
    }
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void whereWordsPartTheyDo(String pattern) {
    Random random = new Random(SEED);
    Words words = words(pattern);
    for (int i = 0; i < 5_000; i++) {
      String left = random(random);
      String right = random(random);
      int before = left.codePointBefore(left.length());
      int after = right.codePointAt(0);
      boolean parts = words.alwaysParts(before, after);
      if (!parts && !words.separable(before, after)) {
        continue;
      }
      List<String> apart = scanned(words, left);
      List<String> behind = scanned(words, right);
      List<String> whole = scanned(words, left + right);
      if (!parts && whole.size() < apart.size() + behind.size()) {
        apart.set(apart.size() - 1, (apart.getLast() + behind.getFirst()).replace("><", ""));
        behind.removeFirst();
      }
      apart.addAll(behind);
      assertEquals(apart, whole, () -> "seed %d: %s before %s".formatted(SEED, left, right));
    }
  }

  @Test
  void aLongTextOfOneKindEnds() {
    for (String part :
        List.of("a", "A", "日A", "日", " ", "\n ", "1", "'", "\u0301A", "!", "\u0000")) {
      byte[] utf8 = part.repeat(1 << 17).getBytes(StandardCharsets.UTF_8);
      for (String pattern : Patterns.all()) {
        Words words = words(pattern);
        int end = 0;
        for (int at = 0; at < utf8.length; at = end < 0 ? ~end : end) {
          end = words.end(utf8, at, utf8.length);
        }
        assertEquals(utf8.length, end < 0 ? ~end : end);
      }
    }
  }
}
