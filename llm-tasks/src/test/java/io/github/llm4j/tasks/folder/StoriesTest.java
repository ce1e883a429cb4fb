package io.github.llm4j.tasks.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.tasks.generation.FullForward;
import io.github.llm4j.tasks.generation.GenerationSettings;
import io.github.llm4j.tasks.generation.TextGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A really trained model, with the tokens and the loss that another program gave. */
class StoriesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static int[] ints(JsonNode list) {
    int[] ids = new int[list.size()];
    Arrays.setAll(ids, i -> list.get(i).intValue());
    return ids;
  }

  @Test
  void writesItsTwoHundredTokens() throws IOException {
    Path folder = Shared.folder("data/models/stories260K");
    int[] expected =
        ints(JSON.readTree(folder.resolve("reference.json").toFile()).get("greedy_ids"));
    try (TextGenerator generator = TextGenerator.open(folder)) {
      int[] first = {expected[0]};
      int[] found =
          generator.generateIds(first, GenerationSettings.greedy(expected.length - 1), id -> {});
      assertArrayEquals(Arrays.copyOfRange(expected, 1, expected.length), found);
      LlmException e =
          assertThrows(
              LlmException.class, () -> generator.generate("Once", GenerationSettings.greedy(3)));
      assertTrue(e.getMessage().contains("tokenizer.json expected, found none"), e.getMessage());
      e =
          assertThrows(
              LlmException.class,
              () -> generator.generateIds(new int[] {512}, GenerationSettings.greedy(3), id -> {}));
      assertTrue(e.getMessage().contains("token ids from 0 to 511"), e.getMessage());
      e =
          assertThrows(
              LlmException.class,
              () -> generator.generateIds(new int[513], GenerationSettings.greedy(3), id -> {}));
      assertTrue(e.getMessage().contains("found prompt 513, context 512"), e.getMessage());
    }
  }

  @Test
  void hasItsLossOnATextOf305Tokens() throws IOException {
    Path folder = Shared.folder("data/models/stories260K");
    JsonNode reference = JSON.readTree(folder.resolve("nll_reference.json").toFile());
    int[] ids = ints(reference.get("ids"));
    try (Bench bench = new Bench()) {
      Model model =
          ModelFolder.open(folder, bench.registry)
              .load(ModelOptions.of(1, Precision.F32), bench.backend);
      float[] logits = FullForward.logits(model, ids);
      double sum = 0;
      int v = model.vocabSize();
      for (int t = 0; t + 1 < ids.length; t++) {
        double total = 0;
        for (int i = 0; i < v; i++) {
          total += Math.exp(logits[t * v + i]);
        }
        sum += Math.log(total) - logits[t * v + ids[t + 1]];
      }
      assertEquals(1.30745, sum / (ids.length - 1), 1e-4);
    }
  }
}
