package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers of others, opened by us and by the library that they were made with. */
class HuggingFaceTest {
  private static final int TEXTS = 1500;

  @ParameterizedTest
  @ValueSource(strings = {"kitoken/gpt2.json", "kitoken/llama2.json"})
  void sameTokensForRandomTexts(String name) {
    Path json = SharedData.path("data/tokenizers/" + name);
    Tokenizer ours = Tokenizers.open(json);
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (HuggingFacePeer theirs = new HuggingFacePeer(json)) {
      for (int i = 0; i < TEXTS; i++) {
        String text = Texts.random(random, random.nextInt(12));
        List<String> expected = theirs.tokens(text);
        assertEquals(expected, tokens(ours, text), () -> shown(text));
        int[] ids = ours.encode(text);
        assertEquals(theirs.decode(ids), ours.decode(ids), () -> shown(text));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kitoken/gpt2.json",
        "kitoken/gpt_neox.json",
        "kitoken/llama2.json",
        "kitoken/bert_base_cased.json",
        "bert-base-uncased/tokenizer.json"
      })
  void sameIdsForRealTexts(String name) {
    Path json = SharedData.path("data/tokenizers/" + name);
    Tokenizer ours = Tokenizers.open(json);
    try (HuggingFacePeer theirs = new HuggingFacePeer(json)) {
      for (String text :
          List.of(
              SharedData.text("data/tokenizers/kitoken/utf8_input.txt"),
              SharedData.text("data/tokenizers/cs336-bpe/german.txt"),
              SharedData.text("data/datasets/tinyshakespeare/input.txt").substring(0, 200_000))) {
        assertArrayEquals(theirs.ids(text), ours.encode(text), name);
      }
    }
  }

  static List<String> tokens(Tokenizer tokenizer, String text) {
    Encoding tokens = tokenizer.tokenize(text);
    List<String> shown = new ArrayList<>();
    for (int t = 0; t < tokens.size(); t++) {
      shown.add(
          "%d[%d,%d)%d".formatted(tokens.id(t), tokens.start(t), tokens.end(t), tokens.word(t)));
    }
    return shown;
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7F) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\u{%X}".formatted(c));
              }
            });
    return shown.toString();
  }
}
