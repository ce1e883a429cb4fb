package io.github.llm4j.tokenizers.normalizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Normalizer;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer.Form;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What normalizers make of texts, character by character with its range. */
class NormalizersTest {
  private static final String UNCASED =
      "{'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,"
          + "'strip_accents':null,'lowercase':true}";
  private static final String UNCASED_WITH_ACCENTS = UNCASED.replace("null", "false");

  private static Normalizer read(String json) {
    String quoted = json.replace('\'', '"');
    return Normalizers.read(JsonPart.of("f", "{\"normalizer\":" + quoted + "}").get("normalizer"))
        .orElseThrow();
  }

  private static String normalized(Normalizer normalizer, String whole) {
    StringBuilder found = new StringBuilder();
    Text text = Text.of("test", whole);
    normalizer
        .open(
            false,
            (result, from, to) ->
                found.append(new String(result.bytes(), from, to - from, StandardCharsets.UTF_8)))
        .take(text, 0, text.length());
    return found.toString();
  }

  private static String aligned(Normalizer normalizer, String whole) {
    StringBuilder found = new StringBuilder();
    Text text = Text.aligned("test", whole);
    normalizer
        .open(
            true,
            (result, from, to) -> {
              for (int i = from; i < to; i += Utf8.lengthAt(result.bytes()[i])) {
                found
                    .appendCodePoint(Utf8.codePoint(result.bytes(), i))
                    .append(result.start(i))
                    .append(result.end(i));
              }
            })
        .take(text, 0, text.length());
    return found.toString();
  }

  @Test
  void bert() {
    Normalizer uncased = read(UNCASED);
    assertEquals("c01a12f23e34", aligned(uncased, "Café"));
    assertEquals("c01a12f23e35x56", aligned(uncased, "cafe\u0301x")); // the accent is part of it
    assertEquals("a01b23c45", aligned(uncased, "a\u0000b\uFFFDc")); // what is no text is not
    assertEquals("a01b23", aligned(uncased, "a\u200Bb"));
    assertEquals("h o   ", normalized(uncased, "h\to \r\n"));
    assertEquals("ハ", normalized(uncased, "バ"));
    assertEquals("バ", normalized(read(UNCASED_WITH_ACCENTS), "バ"));
    assertEquals("x01 12日12 12 23本23 23", aligned(uncased, "x日本"));
    assertEquals("i01", aligned(uncased, "\u0130"));
    assertEquals("i\u0307", normalized(read(UNCASED_WITH_ACCENTS), "\u0130"));
    assertEquals("ας σασ", normalized(uncased, "ας ΣΑΣ")); // letters by themselves
    assertEquals("", normalized(uncased, "\u0000\u0301\u0301"));
    assertEquals("\u1100\u1161\u11A8", normalized(uncased, "각"));
  }

  @Test
  void forms() {
    assertEquals("é02x23", aligned(read("{'type':'NFC'}"), "e\u0301x"));
    assertEquals("각03", aligned(read("{'type':'NFC'}"), "\u1100\u1161\u11A8"));
    assertEquals("á03\u031613b34", aligned(read("{'type':'NFC'}"), "a\u0316\u0301b"));
    assertEquals("e01\u030101x12", aligned(read("{'type':'NFD'}"), "éx"));
    assertEquals("a01\u031613\u030113", aligned(read("{'type':'NFD'}"), "a\u0301\u0316"));
    assertEquals("ガ02x23", aligned(read("{'type':'NFKC'}"), "ｶﾞx"));
    assertEquals("fine 1 A", normalized(read("{'type':'NFKC'}"), "\ufb01ne ① Ａ"));
    assertEquals("\u0301", normalized(read("{'type':'NFC'}"), "\u0301"));
    assertEquals(
        "\uD81B\uDD6A", normalized(read("{'type':'NFC'}"), "\uD81B\uDD63\uD81B\uDD67\uD81B\uDD67"));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void everyFormIsTheJdks(Form form) {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Normalizer normalizer = read("{'type':'" + form + "'}");
    int[] marks = {0x301, 0x316, 0x327, 0x345, 0x334, 0x3099, 0x5B0, 0x1161, 0x11A8, 0x1100, 0x903};
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = 1 + random.nextInt(12); k > 0; k--) {
        int c = random.nextInt(new int[] {0x80, 0x600, 0x3200, 0x110000}[random.nextInt(4)]);
        text.appendCodePoint(
            random.nextInt(3) == 0
                ? marks[random.nextInt(marks.length)]
                : c >= 0xD800 && c < 0xE000 ? 0x1E69 : c);
      }
      String whole = text.toString();
      assertEquals(
          java.text.Normalizer.normalize(whole, form),
          normalized(normalizer, whole),
          () -> whole.codePoints().mapToObj(Integer::toHexString).toList().toString());
    }
  }

  @Test
  void marksWithoutEndAreSorted() {
    StringBuilder text = new StringBuilder("e");
    for (int i = 0; i < 500_000; i++) {
      text.append("\u0301\u0316");
    }
    String sorted = normalized(read("{'type':'NFC'}"), text + "x");
    assertEquals("é" + "\u0316".repeat(500_000) + "\u0301".repeat(499_999) + "x", sorted);
    assertEquals("ex", normalized(read(UNCASED), text + "x"));
    String bengali = "\u09BE\u0301\u0316"; // a mark that keeps its place begins anew
    assertEquals(
        "x" + "\u09BE\u0316\u0301".repeat(100_000),
        normalized(read("{'type':'NFD'}"), "x" + bengali.repeat(100_000)));
  }

  @Test
  void ends() {
    Normalizer both = read("{'type':'Strip','strip_left':true,'strip_right':true}");
    assertEquals("a12 23b34", aligned(both, "\u3000a b\u00A0\u0085"));
    assertEquals("", normalized(both, " \t\u2003"));
    assertTrue(both.parts('a', 'b') && !both.parts('a', ' ') && !both.parts(' ', 'a'));
  }

  @Test
  void replaced() {
    Normalizer quotes = read("{'type':'Replace','pattern':{'String':'``'},'content':'+'}");
    assertEquals("a01+13b34", aligned(quotes, "a``b"));
    Normalizer nothing = read("{'type':'Replace','pattern':{'String':''},'content':'-'}");
    assertEquals("-00a01-01b12-12", aligned(nothing, "ab"));
    Normalizer none = read("{'type':'Replace','pattern':{'Regex':'.+'},'content':''}");
    assertEquals("", normalized(none, "abc"));
    assertTrue(quotes.parts('`', 'a') && !quotes.parts('`', '`'));
    assertTrue(!nothing.parts('a', 'b') && !none.parts('a', 'b'));
  }

  @Test
  void whatDoesNotChangeIsNotCopied() {
    Text text = Text.of("test", "plain text, ασ, 日本, e\u0316");
    for (String json :
        new String[] {
          "{'type':'NFC'}",
          "{'type':'Lowercase'}",
          "{'type':'Nmt'}",
          "{'type':'Replace','pattern':{'String':'_'},'content':'-'}",
          "{'type':'Strip','strip_left':true,'strip_right':true}",
          UNCASED_WITH_ACCENTS.replace("handle_chinese_chars':true", "handle_chinese_chars':false")
        }) {
      read(json).open(false, (t, from, to) -> assertSame(text, t)).take(text, 0, text.length());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UNCASED,
        "{'type':'NFKC'}",
        "{'type':'Lowercase'}",
        "{'type':'StripAccents'}",
        "{'type':'Nmt'}",
        "{'type':'ByteLevel'}",
        "{'type':'Strip','strip_left':true,'strip_right':false}",
        "{'type':'Prepend','prepend':'▁'}",
        "{'type':'Replace','pattern':{'Regex':' {2,}'},'content':' '}",
        "{'type':'Sequence','normalizers':[{'type':'NFC'},{'type':'Sequence','normalizers':[]}]}"
      })
  void writtenAsItWasRead(String json) {
    ObjectNode written = new ObjectMapper().createObjectNode();
    read(json).write(written);
    assertEquals(json.replace('\'', '"'), written.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type':'Nfc'}; normalizer.type: one of ",
        "{'type':'Strip','strip_left':true}; normalizer.strip_right: true or false expected",
        "{'type':'Prepend'}; normalizer.prepend: a text in quotes expected, found nothing",
        "{'type':'Prepend','prepend':'\\ud800'}; normalizer.prepend: a text of whole characters",
        "{'type':'Replace','pattern':' ','content':''}; normalizer.pattern: an object with",
        "{'type':'Replace','pattern':{'Regex':'('},'content':''}; normalizer.pattern.Regex: ')'",
        "{'type':'Sequence'}; normalizer.normalizers: a list expected, found nothing",
        "{'type':'Sequence','normalizers':[{'type':'X'}]}; normalizers[0].type: one of",
      })
  void damagedOnesAreRefused(String json, String expected) {
    String message = assertThrows(LlmException.class, () -> read(json)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void goingBackAndForthEnds() {
    Normalizer slow = read("{'type':'Replace','pattern':{'Regex':'(a|aa)+$|(a*)*b'},'content':''}");
    String text = "a".repeat(3000) + "!";
    LlmException e = assertThrows(LlmException.class, () -> normalized(slow, text));
    assertTrue(e.getMessage().startsWith("f: normalizer.pattern.Regex: "), e.getMessage());
  }

  @Test
  void aSequencePartsWhereAllOfItDo() {
    Normalizer llama =
        read(
            "{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':'▁'},"
                + "{'type':'Replace','pattern':{'String':' '},'content':'▁'}]}");
    assertTrue(llama.parts('a', ' '));
    Normalizer accents =
        read("{'type':'Sequence','normalizers':[{'type':'NFD'},{'type':'StripAccents'}]}");
    assertTrue(accents.parts('a', ' ') && !accents.parts('a', 0x301) && !accents.parts('é', ' '));
  }
}
