package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.formats.sentencepiece.Piece;
import io.github.llm4j.formats.sentencepiece.SentencePieceModel;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.Tokenizers;
import io.github.llm4j.tokenizers.unigram.UnigramModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unigram models, in ours and in Hugging Face's library. */
class UnigramTest {
  private static final String METASPACE =
      "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"always\", \"split\":"
          + " true}";

  private static String json(UnigramModel model, boolean words) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding").putNull("normalizer");
    root.putNull("post_processor").putNull("decoder").putArray("added_tokens");
    root.set("pre_tokenizer", mapper.readTree(words ? METASPACE : "null"));
    model.write(root.putObject("model"), Map.of());
    return root.toString();
  }

  /** Few letters, so that there are many ways; scores in halves, so that many are equal. */
  private static UnigramModel random(Random random, boolean bytes) {
    Set<String> pieces = new LinkedHashSet<>(List.of("<unk>"));
    String letters = "ab▁ä漢 \n😀";
    for (int i = random.nextInt(40); i >= 0; i--) {
      StringBuilder piece = new StringBuilder();
      for (int l = random.nextInt(4); l >= 0; l--) {
        piece.appendCodePoint(
            letters.codePointAt(
                letters.offsetByCodePoints(
                    0, random.nextInt(random.nextBoolean() ? 3 : letters.length() - 1))));
      }
      pieces.add(piece.toString());
    }
    for (int b = 0; b < 256 && bytes; b++) {
      pieces.add("<0x%02X>".formatted(b));
    }
    double[] scores = new double[pieces.size()];
    for (int i = 1; i < scores.length; i++) {
      scores[i] = random.nextBoolean() ? -random.nextInt(10) / 2.0 : -6 * random.nextDouble();
    }
    return UnigramModel.ofDoubles(new ArrayList<>(pieces), scores, 0, bytes);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sameTokensOfRandomModels(boolean bytes, @TempDir Path folder) throws IOException {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      Path file = folder.resolve(i + ".json");
      Files.writeString(file, json(random(random, bytes), i % 2 == 0));
      Tokenizer ours = Tokenizers.open(file);
      try (HuggingFacePeer theirs = new HuggingFacePeer(file)) {
        for (int t = 0; t < 40; t++) {
          StringBuilder text = new StringBuilder();
          for (int l = random.nextInt(20); l > 0; l--) {
            text.append(
                switch (random.nextInt(12)) {
                  case 0 -> "ä";
                  case 1 -> "漢";
                  case 2 -> "😀";
                  case 3, 4 -> " ";
                  case 5 -> random.nextBoolean() ? "▁" : "<unk>";
                  case 6 -> random.nextBoolean() ? "\n" : "<0x0A>";
                  case 7, 8 -> "b";
                  default -> "a";
                });
          }
          String whole = text.toString();
          assertEquals(
              theirs.tokens(whole), HuggingFaceTest.tokens(ours, whole), whole + " seed " + seed);
        }
      }
    }
  }

  @Test
  void sameIdsForRealTextsWithTheVocabularyOfT5(@TempDir Path folder) throws IOException {
    Path model = SharedData.path("data/tokenizers/t5/spiece.model");
    List<Piece> pieces = SentencePieceModel.read(model).pieces();
    double[] scores = pieces.stream().mapToDouble(Piece::score).toArray();
    Path file = folder.resolve("tokenizer.json");
    UnigramModel t5 =
        UnigramModel.ofDoubles(pieces.stream().map(Piece::text).toList(), scores, 2, false);
    Files.writeString(file, json(t5, true));
    Tokenizer ours = Tokenizers.open(file);
    try (HuggingFacePeer theirs = new HuggingFacePeer(file)) {
      for (String text :
          List.of(
              SharedData.text("data/tokenizers/kitoken/utf8_input.txt"),
              SharedData.text("data/tokenizers/cs336-bpe/german.txt"),
              SharedData.text("data/datasets/tinyshakespeare/input.txt").substring(0, 100_000))) {
        assertArrayEquals(theirs.ids(text), ours.encode(text));
      }
    }
  }
}
