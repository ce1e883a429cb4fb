package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.Tokenizers;
import io.github.llm4j.tokenizers.bpe.ByteLetters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models with nothing around them, real and random ones, beside the library that defines them. */
class ModelsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] LETTERS = {"a", "b", "é", "日", "▁", "😀"};

  @TempDir Path folder;

  private final long seed = Long.getLong("llm4j.seed", 1);
  private final Random random = new Random(seed);

  /** A tokenizer.json of a model alone, or of one whose words are bytes. */
  private Path alone(JsonNode model, boolean bytes) throws IOException {
    ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
    root.putNull("normalizer").putNull("pre_tokenizer").putNull("post_processor");
    root.putNull("decoder").putNull("truncation").putNull("padding");
    root.putArray("added_tokens");
    if (bytes) {
      root.putObject("pre_tokenizer")
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", false)
          .put("use_regex", false);
    }
    root.set("model", model);
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, MAPPER.writeValueAsString(root));
    return file;
  }

  private void compare(JsonNode model, List<String> texts) throws IOException {
    compare(model, false, texts);
  }

  private void compare(JsonNode model, boolean bytes, List<String> texts) throws IOException {
    Path json = alone(model, bytes);
    Tokenizer ours = Tokenizers.open(json);
    String shown = model.size() < 12 && model.get("vocab").size() < 400 ? model.toString() : "";
    try (HuggingFacePeer theirs = new HuggingFacePeer(json)) {
      for (String text : texts) {
        assertEquals(
            theirs.tokens(text),
            HuggingFaceTest.tokens(ours, text),
            () -> "seed " + seed + ": " + text + "\n" + shown);
      }
    }
    Files.writeString(json, Tokenizers.json(ours));
    Tokenizer again = Tokenizers.open(json);
    try (HuggingFacePeer theirs = new HuggingFacePeer(json)) {
      for (String text : texts.subList(0, Math.min(5, texts.size()))) {
        assertEquals(theirs.tokens(text), HuggingFaceTest.tokens(again, text), text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kitoken/llama2.json",
        "kitoken/bert_base_cased.json",
        "bert-base-uncased/tokenizer.json"
      })
  void realModels(String name) throws IOException {
    JsonNode model =
        MAPPER.readTree(SharedData.path("data/tokenizers/" + name).toFile()).get("model");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String text = Texts.random(random, 1 + random.nextInt(i < 300 ? 6 : 40));
      texts.add(name.contains("llama") ? text.replace(' ', '▁') : text.replace(" ", ""));
      texts.add("ab".substring(0, 1 + i % 2).repeat(i / 4) + (i % 3 == 0 ? "ing" : "▁▁"));
    }
    String prose = SharedData.text("data/datasets/tinyshakespeare/input.txt");
    texts.add(prose.substring(0, 70_000).replace(' ', '▁').replace('\n', '▁'));
    compare(model, texts);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(i < 50 ? 12 : 90); n >= 0; n--) {
        text.append(LETTERS[random.nextInt(random.nextInt(4) == 0 ? LETTERS.length : 2)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void randomPairs() throws IOException {
    for (int i = 0; i < 60; i++) {
      compare(pairs(LETTERS), texts());
    }
  }

  @Test
  void randomPairsOfBytes() throws IOException {
    String[] letters = bytes();
    for (int i = 0; i < 40; i++) {
      ObjectNode model = pairs(letters);
      model.put("byte_fallback", false);
      compare(model, true, texts());
    }
  }

  private static String[] bytes() {
    byte[] utf8 = String.join("", LETTERS).getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, utf8.length)
        .mapToObj(i -> ByteLetters.letter(utf8[i] & 0xFF))
        .distinct()
        .toArray(String[]::new);
  }

  /** A model of random merges with random rules. */
  private ObjectNode pairs(String[] alphabet) {
    ObjectNode model = MAPPER.createObjectNode().put("type", "BPE");
    String prefix = random.nextInt(5) == 0 ? "##" : "";
    String suffix = random.nextInt(5) == 0 ? "</w>" : "";
    boolean fallback = prefix.isEmpty() && suffix.isEmpty() && random.nextInt(3) == 0;
    boolean all = random.nextInt(3) > 0;
    ObjectNode vocabulary = MAPPER.createObjectNode();
    List<String> tokens = new ArrayList<>();
    for (String letter : alphabet) {
      for (String form : List.of(letter, prefix + letter, letter + suffix)) {
        if (random.nextInt(6) > 0) {
          add(vocabulary, tokens, form);
        }
      }
    }
    if (fallback) {
      for (int b = 0; b < 256; b++) {
        if (all || random.nextInt(3) > 0) {
          add(vocabulary, tokens, "<0x%02X>".formatted(b));
        }
      }
    }
    boolean unknown =
        alphabet.length != LETTERS.length || !fallback || !all || random.nextBoolean();
    if (unknown) {
      add(vocabulary, tokens, "<unk>");
    }
    ArrayNode merges = MAPPER.createArrayNode();
    int letters = Math.min(tokens.size(), 12);
    for (int i = random.nextInt(40); i > 0; i--) {
      String left = pick(tokens, letters);
      String right = pick(tokens, letters);
      if (right.startsWith(prefix)) {
        merges.addArray().add(left).add(right);
        add(vocabulary, tokens, left + right.substring(prefix.length()));
      }
    }
    model.put("unk_token", unknown ? "<unk>" : null);
    model.put("fuse_unk", random.nextBoolean()).put("byte_fallback", fallback);
    model.put("continuing_subword_prefix", prefix.isEmpty() ? null : prefix);
    model.put("end_of_word_suffix", suffix.isEmpty() ? null : suffix);
    model.put("ignore_merges", random.nextInt(4) == 0);
    model.set("vocab", vocabulary);
    model.set("merges", merges);
    return model;
  }

  /** One of the letters or of what was merged of them, now and then any token. */
  private String pick(List<String> tokens, int letters) {
    int any = random.nextInt(tokens.size());
    boolean byteToken = any >= letters && tokens.get(any).startsWith("<");
    return tokens.get(byteToken && random.nextInt(4) > 0 ? random.nextInt(letters) : any);
  }

  private static void add(ObjectNode vocabulary, List<String> tokens, String token) {
    if (!vocabulary.has(token)) {
      vocabulary.put(token, tokens.size());
      tokens.add(token);
    }
  }

  @Test
  void randomWordPieces() throws IOException {
    for (int i = 0; i < 40; i++) {
      ObjectNode model = MAPPER.createObjectNode().put("type", "WordPiece");
      String prefix = random.nextInt(5) == 0 ? "" : "##";
      ObjectNode vocabulary = MAPPER.createObjectNode();
      List<String> tokens = new ArrayList<>();
      add(vocabulary, tokens, "[UNK]");
      for (int n = 3 + random.nextInt(25); n > 0; n--) {
        StringBuilder token = new StringBuilder(random.nextBoolean() ? prefix : "");
        for (int k = random.nextInt(random.nextInt(4) == 0 ? 9 : 3); k >= 0; k--) {
          token.append(LETTERS[random.nextInt(random.nextInt(4) == 0 ? LETTERS.length : 2)]);
        }
        add(vocabulary, tokens, token.toString());
      }
      model.put("unk_token", "[UNK]").put("continuing_subword_prefix", prefix);
      model.put("max_input_chars_per_word", random.nextInt(3) == 0 ? 5 : 100);
      model.set("vocab", vocabulary);
      compare(model, texts());
    }
  }

  @Test
  void wordLevel() throws IOException {
    ObjectNode model = MAPPER.createObjectNode().put("type", "WordLevel");
    model.putObject("vocab").put("a", 0).put("日", 1).put("[UNK]", 2).put("ab", 3);
    model.put("unk_token", "[UNK]");
    compare(model, List.of("a", "b", "日", "日日", "ab", "😀"));
  }
}
