package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.formats.sentencepiece.SentencePieceModel;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.Tokenizers;
import io.github.llm4j.tokenizers.normalizer.Normalizers;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Normalizer;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalized texts, and where each character of them comes from, with one token a character. */
class NormalizersTest {
  private static final int TEXTS = 250;
  private static final int UNKNOWN = 0x200000;

  /** Marks of all kinds, which random texts seldom have side by side. */
  private static final int[] MARKS = {
    0x301, 0x316, 0x307, 0x323, 0x327, 0x345, 0x334, 0x3099, 0x309A, 0x5B0, 0x64B, 0x20DD, 0x903,
    0x1161, 0x11A8, 0x1100, 0xFF9E, 0xFFC2, 0x3131, 0xE33, 0x65, 0x130, 0x3A3, 0xBD, 0x1E69, 0xAC00
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "same; {'type':'Lowercase'}",
        "same; {'type':'Nmt'}",
        "same; {'type':'ByteLevel'}",
        "same; {'type':'Strip','strip_left':true,'strip_right':true}",
        "same; {'type':'Strip','strip_left':false,'strip_right':true}",
        "same; {'type':'Prepend','prepend':'▁x'}",
        "same; {'type':'Replace','pattern':{'String':' '},'content':'▁'}",
        "same; {'type':'Replace','pattern':{'String':'e'},'content':'é😀'}",
        "same; {'type':'Replace','pattern':{'String':' '},'content':''}",
        "same; {'type':'Replace','pattern':{'Regex':'[0-9]|\\\\s'},'content':'$1#'}",
        "same; {'type':'Replace','pattern':{'Regex':'(?=o)'},'content':'-'}",
        "all; {'type':'Replace','pattern':{'Regex':'\\\\s+|[a-z]{2,}'},'content':' '}",
        "all; {'type':'Replace','pattern':{'String':'  '},'content':'__'}",
        "marks; {'type':'NFD'}",
        "marks; {'type':'NFKD'}",
        "marks; {'type':'NFC'}",
        "marks; {'type':'NFKC'}",
        "marks; {'type':'StripAccents'}",
        "marks; {'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,"
            + "'strip_accents':null,'lowercase':true}",
        "same; {'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,"
            + "'strip_accents':null,'lowercase':false}",
        "same; {'type':'BertNormalizer','clean_text':false,'handle_chinese_chars':false,"
            + "'strip_accents':false,'lowercase':true}",
        "marks; {'type':'Sequence','normalizers':[{'type':'NFD'},{'type':'Lowercase'},"
            + "{'type':'StripAccents'}]}",
        "same; {'type':'Sequence','normalizers':[{'type':'Strip','strip_left':true,"
            + "'strip_right':true},{'type':'Prepend','prepend':'▁'},"
            + "{'type':'Replace','pattern':{'String':' '},'content':'▁'}]}",
      })
  void sameCharactersFromTheSamePlaces(String ranges, String quoted, @TempDir Path folder)
      throws IOException {
    compare(ranges, quoted.replace('\'', '"'), folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5/spiece.model", "sentencepiece/test_model.model"})
  void precompiled(String model, @TempDir Path folder) throws IOException {
    byte[] charsmap =
        SentencePieceModel.read(SharedData.path("data/tokenizers/" + model))
            .normalizer()
            .charsmap();
    compare(
        "kept", // where it leaves out a control, its ranges are shifted
        "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"%s\"}"
            .formatted(Base64.getEncoder().encodeToString(charsmap)),
        folder);
  }

  private static void compare(String ranges, String json, Path folder) throws IOException {
    Normalizer ours =
        Normalizers.read(JsonPart.of("test", "{\"normalizer\":" + json + "}").get("normalizer"))
            .orElseThrow();
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, tokenizer(json));
    try (HuggingFacePeer theirs = new HuggingFacePeer(file)) {
      for (int i = 0; i < TEXTS; i++) {
        String text = text(random);
        List<int[]> expected = theirs(theirs, text);
        List<int[]> found = ours(ours, text);
        assertEquals(shown(expected, false), shown(found, false), () -> shown(text));
        if (ranges.equals("same")) {
          assertEquals(shown(expected, true), shown(found, true), () -> shown(text));
        } else if (ranges.equals("kept") && text.chars().anyMatch(Character::isISOControl)) {
          assertEquals(expected.size(), found.size());
        } else { // from more than there: all of a match, letters with their marks
          for (int k = 0; k < found.size(); k++) {
            assertTrue(
                found.get(k)[1] <= expected.get(k)[1] && found.get(k)[2] >= expected.get(k)[2],
                () -> shown(text) + "\n" + shown(expected, true) + "\n" + shown(found, true));
          }
        }
      }
    }
  }

  @Test
  void bytesAsLettersAreFoundByAModelOverCharacters(@TempDir Path folder) throws IOException {
    ObjectNode root =
        (ObjectNode)
            new ObjectMapper().readTree(SharedData.text("data/tokenizers/kitoken/gpt2.json"));
    root.putObject("normalizer").put("type", "ByteLevel");
    root.putNull("pre_tokenizer");
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, root.toString());
    Tokenizer ours = Tokenizers.open(file);
    Random random = new Random(1);
    try (HuggingFacePeer theirs = new HuggingFacePeer(file)) {
      for (int i = 0; i < TEXTS; i++) {
        String text = text(random);
        assertEquals(theirs.tokens(text), HuggingFaceTest.tokens(ours, text), () -> shown(text));
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(Texts.random(random, random.nextInt(10)));
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(MARKS[random.nextInt(MARKS.length)]);
    }
    return text.append(random.nextBoolean() ? Texts.random(random, 2) : "").toString();
  }

  private static String tokenizer(String normalizer) {
    StringBuilder vocabulary = new StringBuilder("\"[UNK]\":").append(UNKNOWN);
    for (int c = 0; c < 0x20000; c++) {
      if (isKnown(c)) {
        vocabulary.append(",\"");
        for (char unit : Character.toChars(c)) {
          vocabulary.append("\\u%04X".formatted((int) unit));
        }
        vocabulary.append("\":").append(c);
      }
    }
    return ("{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],"
            + "\"normalizer\":%s,\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":"
            + "\"(?m:.)\"},\"behavior\":\"Isolated\",\"invert\":false},\"post_processor\":null,"
            + "\"decoder\":null,\"model\":{\"type\":\"WordLevel\",\"unk_token\":\"[UNK]\","
            + "\"vocab\":{%s}}}")
        .formatted(normalizer, vocabulary);
  }

  private static boolean isKnown(int c) {
    return c < 0x3400 || (c >= 0x1F000 && c < 0x20000) || (c >= 0xF900 && c < 0x10000);
  }

  private static List<int[]> ours(Normalizer normalizer, String whole) {
    List<int[]> found = new ArrayList<>();
    Text text = Text.aligned("test", whole);
    if (text.length() > 0) {
      normalizer
          .open(
              true,
              (result, from, to) -> {
                for (int i = from; i < to; i += Utf8.lengthAt(result.bytes()[i])) {
                  int c = Utf8.codePoint(result.bytes(), i);
                  found.add(new int[] {isKnown(c) ? c : UNKNOWN, result.start(i), result.end(i)});
                }
              })
          .take(text, 0, text.length());
    }
    return found;
  }

  private static List<int[]> theirs(HuggingFacePeer peer, String text) {
    List<int[]> tokens = new ArrayList<>();
    for (String token : peer.tokens(text)) {
      String[] parts = token.split("[\\[,)]", -1);
      tokens.add(
          new int[] {
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])
          });
    }
    return tokens;
  }

  private static String shown(List<int[]> tokens, boolean ranges) {
    StringBuilder shown = new StringBuilder();
    for (int[] token : tokens) {
      shown.append("%X".formatted(token[0]));
      shown.append(ranges ? "[%d,%d) ".formatted(token[1], token[2]) : " ");
    }
    return shown.toString();
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> shown.append("%X ".formatted(c)));
    return shown.toString();
  }
}
