package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public tokenizers against ids that other libraries computed. */
class KnownIdsTest {
  private static final String FOLDER = "data/tokenizers/";

  private static Tokenizer open(String name) {
    return Tokenizers.open(SharedData.path(FOLDER + name));
  }

  private static int[] ids(String line, String separator) {
    return Stream.of(line.strip().split(separator, -1))
        .filter(s -> !s.isBlank())
        .mapToInt(s -> Integer.parseInt(s.strip()))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "kitoken/gpt2.json, gpt2",
    "gpt2, gpt2",
    "kitoken/gpt_neox.json, gpt_neox",
    "kitoken/bert_base_cased.json, bert_base_cased",
    "kitoken/llama2.json, llama2",
    "llama2/tokenizer.model, llama2",
    "kitoken/nai-t5.model, nai-t5",
    "t5, nai-t5",
    "kitoken/xlnet_base_cased.model, xlnet_base_cased"
  })
  void linesAndAWholeFileOfKitoken(String file, String name) {
    Tokenizer tokenizer = open(file);
    List<String> lines = SharedData.text(FOLDER + "kitoken/small_input.txt").lines().toList();
    List<String> expected =
        SharedData.text(FOLDER + "kitoken/small_tokens_" + name + ".txt").lines().toList();
    assertEquals(20, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).replace("\\n", "\n").replace("\\s", " ");
      // SentencePiece itself finds no special tokens in a text
      int[] found =
          Tokenizers.type(tokenizer).equals("unigram")
              ? tokenizer.encodeOrdinary(text)
              : tokenizer.encode(text);
      assertArrayEquals(ids(expected.get(i), ","), found, text);
    }
    String whole = SharedData.text(FOLDER + "kitoken/utf8_input.txt");
    int[] ids = ids(SharedData.text(FOLDER + "kitoken/utf8_tokens_" + name + ".txt"), ",");
    assertArrayEquals(ids, tokenizer.encode(whole));
    StringBuilder streamed = new StringBuilder();
    StreamingDecoder decoder = tokenizer.streamingDecoder();
    for (int id : ids) {
      streamed.append(decoder.add(id));
    }
    streamed.append(decoder.end());
    assertEquals(tokenizer.decode(ids), streamed.toString());
    if (name.equals("gpt2")) { // others normalize
      assertEquals(whole, streamed.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kitoken/gpt2.json, gpt-2",
    "gpt2, gpt-2",
    "llamacpp/ggml-vocab-gpt-2.gguf, gpt-2",
    "kitoken/llama2.json, llama-spm",
    "llamacpp/ggml-vocab-llama-spm.gguf, llama-spm",
    "llama2/tokenizer.model, llama-spm",
    "bert-base-uncased/tokenizer.json, bert-bge",
    "bert-base-uncased/vocab.txt, bert-bge",
    "llamacpp/ggml-vocab-bert-bge.gguf, bert-bge"
  })
  void textsOfLlamaCpp(String file, String name) {
    Tokenizer tokenizer = open(file);
    String vectors = FOLDER + "llamacpp/ggml-vocab-" + name + ".gguf";
    String[] texts = SharedData.text(vectors + ".inp").split("\n__ggml_vocab_test__\n", -1);
    List<String> expected = SharedData.text(vectors + ".out").lines().toList();
    assertTrue(expected.size() > 30, expected.size() + " texts");
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(ids(expected.get(i), " "), tokenizer.encode(texts[i]), texts[i]);
    }
  }

  @Test
  void storiesInEachOfTheirFiles() {
    String text = "Once upon a time, there was a little girl";
    int[] ids = {403, 407, 261, 378, 432, 383, 286, 261, 376, 298, 315, 421};
    for (String file : List.of("tok512.bin", "stories260K-f32.gguf")) {
      Tokenizer tokenizer = Tokenizers.open(SharedData.path("data/models/stories260K/" + file));
      assertArrayEquals(ids, tokenizer.encode(text), file);
      assertEquals("a  b 日 é", tokenizer.decode(tokenizer.encode("a  b 日 é")), file);
    }
  }

  @Test
  void ranksOfTiktoken() {
    Tokenizer cl100k = open("kitoken/cl100k_base.tiktoken");
    List<String> lines = SharedData.text(FOLDER + "kitoken/small_input.txt").lines().toList();
    List<String> expected =
        SharedData.text(FOLDER + "kitoken/small_tokens_cl100k_base.txt").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).replace("\\n", "\n").replace("\\s", " ");
      assertArrayEquals(ids(expected.get(i), ","), cl100k.encode(text), text);
      assertEquals(text, cl100k.decode(cl100k.encode(text)));
    }
    assertArrayEquals(new int[] {9906, 220, 4435}, cl100k.encode("Hello  World"));
    assertArrayEquals(new int[] {64, 319, 65}, cl100k.encode("a\r\nb"));
    assertEquals(12_500, cl100k.encode("a".repeat(100_000)).length);
    assertEquals(782, cl100k.encode("_".repeat(50_000)).length);
    assertEquals(100_277, cl100k.vocabSize());
    Tokenizer again = Tokenizers.read("again", Tokenizers.json(cl100k));
    String whole = SharedData.text(FOLDER + "kitoken/utf8_input.txt");
    assertArrayEquals(cl100k.encode(whole), again.encode(whole));
  }

  @Test
  void casesOfOthers() {
    Tokenizer gpt2 = open("kitoken/gpt2.json");
    assertArrayEquals(new int[] {15496, 220, 2159}, gpt2.encode("Hello  World"));
    assertArrayEquals(new int[] {33706, 25, 220}, gpt2.encode("Answer: "));
    assertArrayEquals(new int[] {33706, 25, 23105}, gpt2.encode("Answer: hi"));
    assertArrayEquals(new int[] {64, 201, 198, 65}, gpt2.encode("a\r\nb"));
    assertEquals(25_000, gpt2.encode("a".repeat(100_000)).length);
    assertEquals(782, gpt2.encode("_".repeat(50_000)).length);
    assertEquals(java.util.Map.of("<|endoftext|>", 50256), gpt2.specialTokens());
    assertEquals(50257, gpt2.vocabSize());
    Tokenizer neox = open("kitoken/gpt_neox.json");
    assertArrayEquals(new int[] {12092, 50276, 14947}, neox.encode("Hello  World"));
  }

  private static void is(Tokenizer tokenizer, String text, int... ids) {
    assertArrayEquals(ids, tokenizer.encode(text), text);
  }

  @Test
  void casesOfLlama() {
    Tokenizer llama = open("kitoken/llama2.json");
    is(llama, "Hello  World", 15043, 29871, 2787);
    is(llama, "<s>uns", 1, 9644);
    is(llama, "hi</s> there", 7251, 2, 29871, 727);
    is(llama, "hi</s>  there", 7251, 2, 259, 727);
    is(llama, "a  b", 263, 29871, 289);
    is(llama, " a ", 29871, 263, 29871);
    assertEquals(32_000, llama.vocabSize());
  }

  @Test
  void casesOfBert() {
    Tokenizer bert = open("bert-base-uncased/tokenizer.json");
    is(bert, "café", 7668);
    is(bert, "cafe\u0301", 7668);
    is(bert, "バ", 1718);
    is(bert, "a\u0000b\ufffdc", 5925);
    is(bert, "a\u200bb", 11113);
    is(bert, "hello\tworld\r\n", 7592, 2088);
    assertEquals(5, bert.tokenize("cafe\u0301").end(0));
  }

  @Test
  void vocabTxtIsTheSameAsTokenizerJson() {
    Tokenizer json = open("bert-base-uncased/tokenizer.json");
    Tokenizer text = open("bert-base-uncased/vocab.txt");
    assertEquals(json.specialTokens(), text.specialTokens());
    assertEquals(json.vocabSize(), text.vocabSize());
    String whole = SharedData.text(FOLDER + "kitoken/utf8_input.txt") + "[MASK] [SEP]";
    assertArrayEquals(json.encode(whole), text.encode(whole));
  }

  @Test
  void textAloneHasNoSpecialTokens() {
    for (String file :
        List.of("kitoken/gpt2.json", "llama2/tokenizer.model", "bert-base-uncased")) {
      Tokenizer tokenizer = open(file);
      for (var special : tokenizer.specialTokens().entrySet()) {
        String text = "a " + special.getKey() + " b";
        int[] ids = tokenizer.encodeOrdinary(text);
        assertTrue(IntStream.of(ids).noneMatch(id -> id == special.getValue()), text);
        assertTrue(
            IntStream.of(tokenizer.encode(text)).anyMatch(id -> id == special.getValue()), text);
      }
    }
  }

  @Test
  void casesOfT5() {
    Tokenizer t5 = open("t5");
    assertArrayEquals(new int[] {209, 2, 357}, t5.encode("½"));
    assertEquals("1 \u2047 2", t5.decode(new int[] {209, 2, 357}));
    assertArrayEquals(new int[] {1399, 209, 71}, t5.encode("\ufb01ne ① Ａ"));
    assertArrayEquals(new int[] {3, 9, 3, 115}, t5.encode("a  b"));
    assertArrayEquals(new int[] {3, 9}, t5.encode(" a "));
  }

  @Test
  void aSavedPublicTokenizerGivesTheSameIds() {
    String whole = SharedData.text(FOLDER + "kitoken/utf8_input.txt");
    for (String file :
        List.of(
            "kitoken/gpt2.json",
            "kitoken/gpt_neox.json",
            "kitoken/llama2.json",
            "bert-base-uncased/tokenizer.json",
            "bert-base-uncased/vocab.txt",
            "kitoken/bert_base_cased.json",
            "kitoken/xlnet_base_cased.model",
            "llama2/tokenizer.model",
            "llamacpp/ggml-vocab-bert-bge.gguf")) {
      Tokenizer tokenizer = open(file);
      Tokenizer again = Tokenizers.read("again", Tokenizers.json(tokenizer));
      assertArrayEquals(tokenizer.encode(whole), again.encode(whole));
      assertEquals(tokenizer.specialTokens(), again.specialTokens());
      assertEquals(tokenizer.vocabSize(), again.vocabSize());
      assertEquals(Tokenizers.type(tokenizer), Tokenizers.type(again));
    }
  }
}
