package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.tokenizers.bpe.ByteLetters;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizersTest {
  private static final TokenizerContext CONTEXT =
      new TokenizerContext(List.of(() -> new StringReader("to be or not to be, to be")));

  private final Tokenizer bytes = new BytesProvider().create(new BytesSettings(), CONTEXT);
  private final Tokenizer characters =
      new CharactersProvider().create(new CharactersSettings(), CONTEXT);
  private final Tokenizer bpe =
      new ByteLevelBpeProvider()
          .create(new ByteLevelBpeSettings(260, List.of("<|endoftext|>"), 2), CONTEXT);

  @TempDir Path folder;

  private static String message(String json) {
    return assertThrows(LlmException.class, () -> Tokenizers.read("t.json", json)).getMessage();
  }

  @Test
  void eachKindIsRecognisedInAFileAndInAFolder() throws IOException {
    for (Tokenizer tokenizer : List.of(bytes, characters, bpe)) {
      Path file = folder.resolve("tokenizer.json");
      Files.writeString(file, Tokenizers.json(tokenizer));
      for (Path path : List.of(file, folder)) {
        Tokenizer opened = Tokenizers.open(path);
        assertEquals(Tokenizers.type(tokenizer), Tokenizers.type(opened));
        assertArrayEquals(tokenizer.encode("not to be"), opened.encode("not to be"));
      }
    }
  }

  @Test
  void aConfigCanNameAFile() throws IOException {
    FileProvider provider = new FileProvider();
    for (Tokenizer tokenizer : List.of(bytes, characters, bpe)) {
      Path file = Files.writeString(folder.resolve("mine.json"), Tokenizers.json(tokenizer));
      Tokenizer opened = provider.create(new FileSettings(file.toString()), CONTEXT);
      Tokenizer restored = provider.restore(provider.save(opened));
      assertArrayEquals(tokenizer.encode("not to be"), restored.encode("not to be"));
      assertEquals(provider.save(opened), provider.save(restored));
    }
  }

  @Test
  void bytesWithMoreAroundThemAreByteLevelBpe() {
    String json = Tokenizers.json(bytes);
    String cut = json.replace("\"use_regex\": false", "\"use_regex\": true");
    assertEquals("byte-level-bpe", Tokenizers.type(Tokenizers.read("t", cut)));
    String added =
        json.replace(
            "\"added_tokens\": []", "\"added_tokens\": [{\"id\": 256, \"content\": \"<s>\"}]");
    Tokenizer tokenizer = Tokenizers.read("t", added);
    assertEquals("byte-level-bpe", Tokenizers.type(tokenizer));
    assertArrayEquals(new int[] {97, 256, 32, 98}, tokenizer.encode("a<s> b"));
  }

  @Test
  void filesOfBeforeTokenizerJson() throws IOException {
    StringBuilder vocabulary = new StringBuilder("{");
    for (int b = 0; b < 256; b++) {
      String letter = ByteLetters.letter(b);
      vocabulary.append('"').append(letter.replaceAll("[\"\\\\]", "\\\\$0")).append("\": ");
      vocabulary.append(b).append(", ");
    }
    vocabulary.append("\"ab\": 256, \"Ġab\": 257, \"<|endoftext|>\": 258}");
    Files.writeString(folder.resolve("vocab.json"), vocabulary);
    assertTrue(openMessage(folder).contains("found none of them"), openMessage(folder));
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\r\na b\r\nĠ ab\r\n");
    Tokenizer tokenizer = Tokenizers.open(folder);
    assertArrayEquals(new int[] {256, 257, 258, 99}, tokenizer.encode("ab ab<|endoftext|>c"));
    for (String bad : List.of("a b\n\nĠ ab\n", "a b\nĠ  ab\n", "a b\nĠab\n", "a b\nb a\n")) {
      Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + bad);
      assertTrue(openMessage(folder).contains("merges.txt:3: "), openMessage(folder));
    }
  }

  private static String openMessage(Path path) {
    return assertThrows(LlmException.class, () -> Tokenizers.open(path)).getMessage();
  }

  @Test
  void missingAndCutFilesAreNamed() throws IOException {
    Path missing = folder.resolve("no.json");
    assertEquals(
        missing
            + ": a tokenizer expected, found no such file. Name a tokenizer's file or the folder of"
            + " a model.",
        openMessage(missing));
    String whole = Tokenizers.json(bpe);
    for (int length : new int[] {0, 1, 100, whole.length() / 2, whole.length() - 3}) {
      assertTrue(message(whole.substring(0, length)).startsWith("t.json: "));
    }
    String cut = message(whole.substring(0, whole.length() / 2));
    assertTrue(cut.contains("JSON expected, found Unexpected end-of-input"), cut);
    Files.write(missing, new byte[] {'{', (byte) 0xFF});
    assertTrue(openMessage(missing).contains("UTF-8 text expected"), openMessage(missing));
  }

  @Test
  void unknownComponentsAreNamedWithThoseThatAreKnown() {
    String whole = Tokenizers.json(bpe);
    String model = message(whole.replace("\"BPE\"", "\"Rnn\""));
    assertTrue(model.startsWith("t.json: model.type: one of BPE, WordPiece, "), model);
    assertTrue(
        model.endsWith(" expected, found \"Rnn\". llm4j has no such component in this place."),
        model);
    String normalizer =
        message(whole.replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Upper\"}"));
    assertTrue(normalizer.startsWith("t.json: normalizer.type: one of Sequence, "), normalizer);
    assertTrue(normalizer.contains(" expected, found \"Upper\". llm4j"), normalizer);
    String words = message(whole.replaceFirst("\"ByteLevel\"", "\"Words\""));
    assertTrue(words.contains("pre_tokenizer.type: one of BertPreTokenizer, ByteLevel, "), words);
    String post =
        message(whole.replace("\"post_processor\": null", "\"post_processor\": {\"type\": \"X\"}"));
    assertTrue(post.contains("post_processor.type: one of ByteLevel, "), post);
    String pattern = Tokenizers.json(characters).replace("[\\\\s\\\\S]", "\\\\w");
    String other =
        assertThrows(LlmException.class, () -> new CharactersProvider().restore(pattern))
            .getMessage();
    assertTrue(other.contains("pre_tokenizer.pattern.Regex: "), other);
  }

  @Test
  void wrongTypesAndContentsAreNamedByPath() {
    String whole = Tokenizers.json(bpe);
    for (List<String> change :
        List.of(
            List.of("\"A\": 33", "\"A\": \"33\"", "model.vocab.A: an id"),
            List.of("\"A\": 33", "\"A\": -1", "model.vocab.A: an id"),
            List.of("\"A\": 33", "\"A\": 34", "model.vocab: ids that no two tokens share"),
            List.of("\"A\": 33", "\"A\": 99999999", "model.vocab: ids below"),
            List.of("\"A\": 33", "\"B\": 33", "JSON expected, found Duplicate field 'B'"),
            List.of("\"dropout\": null", "\"dropout\": 0.1", "model.dropout: null or 0"),
            List.of("\"unk_token\": null", "\"unk_token\": 3", "model.unk_token: a text in"),
            List.of("\"byte_fallback\": false", "\"byte_fallback\": 1", "true or false expected"),
            List.of("\"merges\": [", "\"merges\": [[\"t\"],", "model.merges[0]: a pair of tokens"),
            List.of("\"merges\": [", "\"merges\": [\"tb\",", "model.merges[0]: two tokens"),
            List.of("\"merges\": [", "\"merges\": [[\"x\", \"y\"],", "model.merges[0]: a merge of"),
            List.of("\"merges\": [", "\"merges\": [3,", "model.merges[0]: a text in quotes"),
            List.of("\"id\": 0", "\"id\": null", "added_tokens[0].id: an id"),
            List.of(
                "\"content\": \"<|endoftext|>\"", "\"content\": \"\"", "added_tokens[0].content"),
            List.of("\"lstrip\": false", "\"lstrip\": 0", "added_tokens[0].lstrip: true or false"),
            List.of("\"added_tokens\": [", "\"added_tokens\": 3, \"x\": [", "added_tokens: a list"),
            List.of("\"normalizer\": null", "\"normalizer\": 3", "normalizer: an object"))) {
      assertTrue(whole.contains(change.get(0)), change.get(0));
      String message = message(whole.replace(change.get(0), change.get(1)));
      assertTrue(message.contains(change.get(2)), message);
    }
  }

  @Test
  void addedTokensFollowTheirRules() {
    String json = Tokenizers.json(bytes);
    String tokens =
        """
        [{"id": 256, "content": "<m>", "lstrip": true, "rstrip": true},
         {"id": 257, "content": "<mm>"},
         {"id": 258, "content": "<m", "single_word": true},
         {"id": 259, "content": "é", "normalized": true}]
        """;
    String whole =
        json.replace("\"added_tokens\": []", "\"added_tokens\": " + tokens)
            .replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}");
    Tokenizer tokenizer = Tokenizers.read("t", whole);
    assertArrayEquals(new int[] {'a', 256, 'b'}, tokenizer.encode("a  <m> \n b"));
    assertArrayEquals(new int[] {'a', ' ', 257, ' ', 'b'}, tokenizer.encode("a <mm> b"));
    assertArrayEquals(new int[] {258, ' ', 'x', '<', 'm'}, tokenizer.encode("<m x<m"));
    assertArrayEquals(new int[] {'<', 'm', 'n'}, tokenizer.encode("<mn"));
    // found behind composing, in the normalized text
    assertArrayEquals(new int[] {'a', 259, 259}, tokenizer.encode("ae\u0301é"));
    assertArrayEquals(
        IntStream.of(256, 256).toArray(), tokenizer.encode(" <m> <m> "), "blanks are shared");
  }
}
