package io.github.llm4j.tasks.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.runtime.config.PlainSettings;
import io.github.llm4j.runtime.config.Resolution;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.tasks.generation.FullForward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  private static final String OWN =
      """
      type = decoder, layers = 2, d-model = 8, context-length = 16
      block { norm { type = rms-norm, eps = 3e-7 }
              attention { heads = 2, kv-heads = 1, window = 3, position { type = rope, theta = 500 } }
              feed-forward { type = acme-gate, way = right-way, cleared = null, sizes = [3] } }
      """;

  @TempDir Path temporary;
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Path written(Model model) throws IOException {
    Path part = Files.createDirectory(temporary.resolve(".step-3.part"));
    ModelFolder.write(part, model, bench.spec(OWN), "{\"a tokenizer\": 1}\n");
    return Files.move(part, temporary.resolve("step-3 ü 😀 #"));
  }

  @Test
  void aRenamedFolderIsTheWholeModelWithAPluginsLayer() throws IOException {
    Model model = bench.model(OWN, 11, 5);
    Path folder = written(model);
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names =
          files.map(f -> String.valueOf(f.getFileName())).collect(Collectors.toSet());
      assertEquals(
          Set.of("config.json", "model.safetensors", "tokenizer.json", "generation_config.json"),
          names);
    }
    ModelFolder opened = ModelFolder.open(folder, bench.registry);
    assertEquals("llm4j", opened.modelType());
    assertEquals(11, opened.vocabSize());
    assertEquals("{\"a tokenizer\": 1}\n", opened.tokenizerJson().orElseThrow());
    assertEquals(
        PlainSettings.of(Resolution.of(bench.spec(OWN))), PlainSettings.of(opened.architecture()));
    Model again = opened.load(ModelOptions.of(99, Precision.F32), bench.backend);
    Bench.same(model, again);
    assertArrayEquals(
        FullForward.logits(model, new int[] {1, 2, 10, 0}),
        FullForward.logits(again, new int[] {1, 2, 10, 0}));
    Bench.same(model, opened.load(ModelOptions.of(99, Precision.BF16), bench.backend));
    Model other = bench.model(OWN, 11, 6);
    ModelFolder.load(other, folder);
    Bench.same(model, other);
  }

  @Test
  void writingOverAFolderReplacesItsFiles() throws IOException {
    Path folder = written(bench.model(OWN, 11, 5));
    Model second = bench.model(OWN, 11, 6);
    ModelFolder.write(folder, second, bench.spec(OWN), "{}");
    Bench.same(
        second,
        ModelFolder.open(folder, bench.registry)
            .load(ModelOptions.of(1, Precision.F32), bench.backend));
  }

  @Test
  void whatIsNoFolderOfAModelIsSaid() throws IOException {
    Path folder = written(bench.model(OWN, 11, 5));
    says(temporary.resolve("nowhere"), "the folder of a model expected, found nothing");
    says(temporary, "found no config.json in it");
    Path config = folder.resolve("config.json");
    String good = Files.readString(config);
    for (List<String> bad :
        List.of(
            List.of(good.substring(0, good.length() / 2), "config.json: expected JSON, found line"),
            List.of("[1]", "expected an object in JSON"),
            List.of(
                good.replace("\"llm4j\"", "null"), "model_type, the name of a family, found null"),
            List.of(good.replace("model_type", "mudel_type"), "the name of a family, found none"),
            List.of(good.replace("\"llm4j\"", "\"gpt9\""), "found 'gpt9'"),
            List.of(good.replace("\"llm4j_format\" : 1", "\"llm4j_format\" : 2"), "found 2"),
            List.of(good.replace("vocab_size\" : 11", "vocab_size\" : 0"), "found 0"),
            List.of(good.replace("acme-gate", "acme-gone"), "no layer is called 'acme-gone'"),
            List.of(good.replace("\"kv-heads\" : 1", "\"kv-heads\" : 3"), "must divide heads"))) {
      Files.writeString(config, bad.get(0));
      says(folder, bad.get(1));
    }
    Files.writeString(config, good);
    Path weights = folder.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(whole, whole.length - 5));
    says(folder, "the file is cut");
    Files.delete(weights);
    says(folder, "weights expected, found neither model.safetensors nor");
  }

  private void says(Path folder, String text) {
    LlmException e =
        assertThrows(
            LlmException.class,
            () ->
                ModelFolder.open(folder, bench.registry)
                    .load(ModelOptions.of(1, Precision.F32), bench.backend));
    assertEquals(ErrorKind.USER, e.kind());
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }
}
