package io.github.llm4j.tokenizers.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns found in texts: what Oniguruma's syntax means, where matches are, that all ends. */
class RegexTest {
  /** Matches, a bar between them. */
  private static String found(Regex regex, String text) {
    return String.join("|", all(regex, text));
  }

  private static List<String> all(Regex regex, String text) {
    Text whole = Text.of("test", "<é😀" + text + "😀>");
    Regex.Matches matches = regex.matches();
    matches.over(whole, 7, whole.length() - 5);
    List<String> all = new ArrayList<>();
    int end = 7;
    while (matches.next()) {
      assertTrue(matches.start() >= end && matches.end() >= matches.start());
      end = matches.end();
      all.add(
          new String(
              whole.bytes(), matches.start(), end - matches.start(), StandardCharsets.UTF_8));
    }
    return all;
  }

  private static String found(String expression, String text) {
    return found(Regex.of("test", expression), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\\p{L}+;añ1ﬁx;añ|ﬁx",
        "\\p{^L}+;a12b;12",
        "\\P{Lu}+;ABcD;c",
        "[[:alpha:]]+;aé1b;aé|b",
        "[[:^alpha:]]+;aé1b;1",
        "[^\\s\\p{L}\\p{N}]+;a, b!!c;,|!!",
        "[a-z&&[^aeiou]]+;hello;h|ll",
        "[]a]+;x]a]y;]a]",
        "[a-]+;b-a-;-a-",
        "[\\w-]+;é-1 _;é-1|_",
        "\\h+;0xFF,g;0|FF",
        "\\d+;12٣x;12٣",
        "\\bfoo\\b;foo éfoo foo;foo|foo",
        "(?i:'s|'ll);it'S 'LL 'ſ;'S|'LL|'ſ",
        "a(?i)b|c;aBcaC;aB|aC", // the option takes the alternatives with it
        "(?m:a.b);`a\nb`;`a\nb`",
        "^b$;`a\nb\nb`;b|b",
        "(?x) a b # two;abab;ab|ab",
        "x{,2}y;xxxy;xxy",
        "x{2}{2};xxxxxxx;xxxx",
        "\\p{N}{1,3}+;12345678;12345678", // a repetition repeated, not a possessive one
        "\\p{N}{1,3};1234567;123|456|7",
        "a{;xa{;a{",
        "(?<c>.)\\k<c>;abbacc;bb|cc",
        "(.)\\1;abbacc;bb|cc",
        "(?<=a)b;abb;b",
        "(?<!a)b;abb;b",
        "a*?b;aab;aab",
        "\\x{1F600}|\\u00e9|\\x41;Aé😀;A|é|😀",
        "[一-龥]+;a日本b;日本",
        "\\p{Han}+;a日本かb;日本",
        "\\Ab|c\\z;bcbc;b|c",
        "(?#what)a;ab;a",
        "[[:punct:]]+;a+b.c;+|.",
        "\\R;`a\r\nb`;`\r\n`",
      })
  void oniguruma(String expression, String text, String expected) {
    assertEquals(expected, found(expression, text));
  }

  @Test
  void nothingIsFoundOncePerCharacter() {
    assertEquals("||", found("", "é😀"));
    assertEquals("||", found(Regex.literal(""), "é😀"));
    assertEquals("|aa|", found("a*", "baab")); // not once more right behind a match
    assertEquals(2, all(Regex.of("test", "(?=b)"), "ab😀b").size());
  }

  @Test
  void halfACharacterIsNeverFound() {
    assertEquals("a", found("(?!\\p{So}).", "😀a"));
    assertEquals("😀", found("[^a]", "😀"));
    assertEquals("", found("(?<=[^a])", "a"));
  }

  @Test
  void aTextIsFoundAsItIs() {
    assertEquals("aa|aa", found(Regex.literal("aa"), "aaaaa"));
    assertEquals("aab", found(Regex.literal("aab"), "aaab"));
    assertEquals(".", found(Regex.literal("."), "a.b"));
    assertEquals("", found(Regex.literal("😀"), "x"));
    String many = "a".repeat(200_000);
    assertEquals("", found(Regex.literal("a".repeat(100_000) + "b"), many));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "a(b",
        "[",
        "[a",
        "[]",
        "*a",
        "a|+",
        "\\p{Nonsense}",
        "\\pL",
        "[[:what:]]",
        "(?s)a",
        "\\K",
        "\\G",
        "(?~a)",
        "\\g<1>",
        "(*FAIL)",
        "(?(1)a|b)",
        "\\1",
        "\\k<n>",
        "(?<a>x)(?<a>y)",
        "[b-a]",
        "\\x{D800}",
        "\\x{110000}",
        "a{3,2}",
        "a{200000}",
        "\\",
        "[\\",
        "(?",
        "(?<",
        "(?i",
        "\\x{",
        "(?#",
        "[&&a]"
      })
  void whatIsNotKnownIsRefused(String expression) {
    String message =
        assertThrows(LlmException.class, () -> Regex.of("file: path", expression)).getMessage();
    assertTrue(message.startsWith("file: path: "), message);
    assertTrue(message.contains("expected, found"), message);
  }

  @Test
  void groupsWithoutEndAreRefused() {
    assertThrows(LlmException.class, () -> Regex.of("t", "(".repeat(60_000)));
    assertThrows(LlmException.class, () -> Regex.of("t", "[".repeat(60_000)));
    assertThrows(LlmException.class, () -> Regex.of("t", "a".repeat(100_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*)*x", "(?:a*)*(?:a*)*b", "(a*)\\1*$"})
  void goingBackAndForthEnds(String expression) {
    Regex regex = Regex.of("file: path", expression);
    String text = "a".repeat(5_000) + "!\n";
    try {
      found(regex, text);
    } catch (LlmException e) {
      assertTrue(e.getMessage().startsWith("file: path: "), e.getMessage());
    }
  }

  @Test
  void itIsReadAndWrittenAsItWas() {
    for (String json : List.of("{\"String\":\"a.b\"}", "{\"Regex\":\"a.b|\\\\s\"}")) {
      JsonPart root = JsonPart.of("f", "{\"pattern\":" + json + "}");
      com.fasterxml.jackson.databind.node.ObjectNode out =
          new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
      Regex.read(root.get("pattern")).write(out);
      assertEquals("{\"pattern\":" + json + "}", out.toString());
    }
    LlmException e =
        assertThrows(
            LlmException.class,
            () -> Regex.read(JsonPart.of("f", "{\"p\":{\"Regex\":\"(\"}}").get("p")));
    assertTrue(
        e.getMessage().startsWith("f: p.Regex: ')' expected, found the end"), e.getMessage());
    assertThrows(LlmException.class, () -> Regex.read(JsonPart.of("f", "{\"p\":{}}").get("p")));
  }
}
