package io.github.llm4j.tasks.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.formats.safetensors.NewTensor;
import io.github.llm4j.formats.safetensors.SafetensorsFile;
import io.github.llm4j.formats.safetensors.SafetensorsFolder;
import io.github.llm4j.formats.safetensors.SafetensorsWriter;
import io.github.llm4j.formats.safetensors.TensorEntry;
import io.github.llm4j.runtime.config.PlainSettings;
import io.github.llm4j.runtime.config.Resolution;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.tasks.generation.FullForward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyFolderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LLAMA =
      "type = decoder, layers = 2, d-model = 12, context-length = 16, block { norm = rms-norm,"
          + " attention { heads = 4, kv-heads = 2, position = rope }, feed-forward = swiglu }";
  private static final String GPT2 =
      "type = decoder, layers = 1, d-model = 8, context-length = 16, block { attention { heads = 2,"
          + " bias = true }, feed-forward { activation = gelu-tanh, bias = true } }";

  @TempDir Path temporary;
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(temporary.resolve(name));
  }

  private ModelFolder open(Path folder) {
    return ModelFolder.open(folder, bench.registry);
  }

  private Model load(Path folder) {
    return open(folder).load(ModelOptions.of(7, Precision.F32), bench.backend);
  }

  private Path written(String hocon, String name) throws IOException {
    Path folder = folder(name);
    ModelFolder.write(folder, bench.model(hocon, 20, 3), bench.spec(hocon), "{}");
    return folder;
  }

  private static ObjectNode config(Path folder) throws IOException {
    return (ObjectNode) JSON.readTree(folder.resolve("config.json").toFile());
  }

  private static void edit(Path folder, Consumer<ObjectNode> edit) throws IOException {
    ObjectNode config = config(folder);
    edit.accept(config);
    Files.writeString(folder.resolve("config.json"), config.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void aReferenceFolderComputesItsNumbersAndComesBack(String family) throws IOException {
    Path original = Shared.folder("reference/models/" + family);
    ModelFolder opened = open(original);
    assertEquals(List.of(), opened.notes());
    Model model = opened.load(ModelOptions.of(7, Precision.F32), bench.backend);
    try (SafetensorsFile expected =
        SafetensorsFile.open(original.resolve("expected.safetensors"))) {
      int[] ids = Arrays.stream(expected.longs("input_ids")).mapToInt(Math::toIntExact).toArray();
      float[] logits = expected.floats("logits");
      for (int row = 0; row < 2; row++) {
        close(
            Arrays.copyOfRange(logits, row * 20 * 96, (row + 1) * 20 * 96),
            FullForward.logits(model, Arrays.copyOfRange(ids, row * 20, (row + 1) * 20)));
      }
    }
    Path kept = folder("kept");
    opened.write(kept, model);
    assertEquals(config(original), config(kept));
    sameTensors(original, kept);
    Path declared = folder("declared");
    assertEquals(family, ModelFolder.write(declared, model, opened.architecture(), "{}"));
    sameTensors(original, declared);
    assertEquals(
        PlainSettings.of(Resolution.of(opened.architecture())),
        PlainSettings.of(Resolution.of(open(declared).architecture())));
    Bench.same(model, load(declared));
    ObjectNode said = config(original);
    config(declared)
        .properties()
        .forEach(
            e -> {
              boolean moved = e.getKey().equals("n_inner") || e.getKey().equals("rope_theta");
              assertTrue(
                  moved
                      || e.getValue().equals(said.get(e.getKey()))
                      || e.getValue().asDouble(-1) == said.path(e.getKey()).asDouble(-2),
                  e.toString());
            });
  }

  private static void close(float[] expected, float[] found) {
    double most = 0;
    for (float value : expected) {
      most = Math.max(most, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-5 * most, "logit " + i);
    }
  }

  private static void sameTensors(Path expected, Path found) throws IOException {
    try (SafetensorsFolder a = SafetensorsFolder.open(expected);
        SafetensorsFolder b = SafetensorsFolder.open(found)) {
      assertEquals(a.names(), b.names());
      for (String name : a.names()) {
        TensorEntry entry = a.tensor(name);
        assertEquals(entry.shape(), b.tensor(name).shape(), name);
        assertEquals(-1, a.file(name).data(name).mismatch(b.file(name).data(name)), name);
      }
    }
  }

  @Test
  void anArchitectureDeclaredByHandIsTheFamilyOfItsShape() throws IOException {
    for (String hocon : List.of(LLAMA, LLAMA + ", head.tied = false, dropout = 0.2", GPT2)) {
      Path folder = written(hocon, "f" + hocon.hashCode());
      String family = hocon.equals(GPT2) ? "gpt2" : "llama";
      assertEquals(family, open(folder).modelType());
      assertEquals(family, ModelFolder.modelType(bench.spec(hocon)));
      Model model = bench.model(hocon, 20, 3);
      Bench.same(model, load(folder));
      assertArrayEquals(
          FullForward.logits(model, new int[] {3, 19, 0}),
          FullForward.logits(load(folder), new int[] {3, 19, 0}));
      Model elsewhere = bench.model(hocon, 20, 4);
      ModelFolder.load(elsewhere, folder);
      Bench.same(model, elsewhere);
    }
    for (String hocon :
        List.of(
            LLAMA + ", block.norm { type = layer-norm }",
            LLAMA + ", block.attention.window = 4",
            LLAMA + ", block.attention.position.fraction = 0.5",
            LLAMA + ", norm = layer-norm",
            LLAMA + ", embedding.position = learned",
            GPT2 + ", block.attention.bias = false",
            GPT2 + ", block.attention.kv-heads = 1",
            GPT2 + ", block.attention.head-dim = 6",
            GPT2 + ", block.norm.bias = false")) {
      assertEquals("llm4j", ModelFolder.modelType(bench.spec(hocon)), hocon);
    }
  }

  @Test
  void defaultsStandForAbsentKeysAndNullIsNotAbsent() throws IOException {
    Path folder = written(LLAMA + ", block.attention.kv-heads = 4", "a");
    edit(
        folder,
        c -> {
          c.putNull("num_key_value_heads").putNull("rope_scaling").remove("head_dim");
          c.remove("rope_theta");
          c.putObject("rope_parameters").put("rope_theta", 500.0).put("rope_type", "default");
        });
    String block = PlainSettings.of(open(folder).architecture()).toString();
    assertTrue(block.contains("kv-heads=4, head-dim=3"), block);
    assertTrue(block.contains("theta=500.0"), block);
    edit(folder, c -> c.remove("rms_norm_eps"));
    assertTrue(PlainSettings.of(open(folder).architecture()).toString().contains("eps=1.0E-6"));
    edit(folder, c -> c.putNull("rms_norm_eps").remove("hidden_size"));
    LlmException e = assertThrows(LlmException.class, () -> open(folder));
    assertTrue(e.getMessage().contains("expected the key hidden_size, found none"), e.getMessage());
  }

  @Test
  void whatCannotBeExpressedIsRefusedAndWhatIsNotReadIsSaid() throws IOException {
    Path folder = written(LLAMA, "a");
    edit(folder, c -> c.put("sliding_window", 7).put("bos_token_id", 1));
    List<String> notes = open(folder).notes();
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("nothing here reads sliding_window;"), notes.get(0));
    edit(folder, c -> c.put("pretraining_tp", 2).put("hidden_act", "gelu"));
    edit(folder, c -> c.putObject("rope_scaling").put("rope_type", "llama3").put("factor", 8));
    String message = assertThrows(LlmException.class, () -> open(folder)).getMessage();
    for (String part :
        List.of(
            "found 3 problems",
            "block.feed-forward: expected one of silu, swish, found gelu",
            "block.attention.position: expected one of default, found llama3",
            "expected pretraining_tp to be one of [null, 1], found 2")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void theFileDecidesWhetherTheOutputIsTied() throws IOException {
    Path folder = written(LLAMA, "tied");
    Path own = written(LLAMA + ", head.tied = false", "own");
    edit(own, c -> c.put("tie_word_embeddings", true)); // the weights know better
    ModelFolder opened = open(own);
    assertTrue(opened.notes().get(0).contains("an output of its own"), opened.notes().toString());
    Model model = opened.load(ModelOptions.of(1, Precision.F32), bench.backend);
    assertNotNull(model.parameters().parameter("head.output.weight"));
    Path again = folder("again");
    opened.write(again, model);
    assertEquals(false, config(again).get("tie_word_embeddings").booleanValue());
    Bench.same(model, load(again));

    List<NewTensor> tensors = tensors(folder);
    NewTensor token =
        tensors.stream().filter(t -> t.name().contains("embed_tokens")).findFirst().orElseThrow();
    tensors.add(new NewTensor("lm_head.weight", token.type(), token.shape(), token.data()));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of(), tensors);
    assertEquals(List.of(), open(folder).notes());
    assertTrue(
        load(folder).parameters().learned().stream().noneMatch(p -> p.path().contains("head")));
    edit(folder, c -> c.put("tie_word_embeddings", false));
    assertNotNull(load(folder).parameters().parameter("head.output.weight"));
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"), Map.of(), tensors.subList(0, tensors.size() - 1));
    String message = assertThrows(LlmException.class, () -> load(folder)).getMessage();
    assertTrue(message.contains("1 missing: lm_head.weight"), message);
  }

  private static List<NewTensor> tensors(Path folder) throws IOException {
    List<NewTensor> tensors = new ArrayList<>();
    try (SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      for (String name : weights.names()) {
        TensorEntry entry = weights.tensor(name);
        tensors.add(NewTensor.of(name, entry.shape(), weights.file(name).floats(name)));
      }
    }
    return tensors;
  }

  @Test
  void allThatIsWrongWithTensorsIsSaidAtOnce() throws IOException {
    Path folder = written(GPT2, "a");
    List<NewTensor> tensors = tensors(folder);
    tensors.removeIf(t -> t.name().endsWith("ln_f.weight") || t.name().endsWith("wpe.weight"));
    tensors.removeIf(t -> t.name().endsWith("h.0.ln_1.bias"));
    tensors.add(NewTensor.of("transformer.h.0.ln_1.bias", List.of(9L), new float[9]));
    tensors.add(NewTensor.of("score.weight", List.of(1L), new float[1]));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of(), tensors);
    String message = assertThrows(LlmException.class, () -> load(folder)).getMessage();
    for (String part :
        List.of(
            "2 missing: transformer.ln_f.weight, transformer.wpe.weight",
            "1 unknown: score.weight",
            "1 of another shape: transformer.h.0.ln_1.bias [9] instead of [8]")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void publishedNamesAndShardsAreRead() throws IOException {
    Path folder = written(GPT2, "a");
    Model model = load(folder);
    List<NewTensor> tensors =
        new ArrayList<>(
            tensors(folder).stream()
                .map(
                    t ->
                        new NewTensor(
                            t.name().replace("transformer.", ""), t.type(), t.shape(), t.data()))
                .toList());
    tensors.add(NewTensor.of("h.0.attn.bias", List.of(1L, 1L, 2L, 2L), new float[4]));
    Files.delete(folder.resolve("model.safetensors"));
    ObjectNode index = JSON.createObjectNode();
    index.putObject("metadata").put("total_size", 1);
    ObjectNode map = index.putObject("weight_map");
    for (int shard = 0; shard < 3; shard++) {
      String file = "model-0000%d-of-00003.safetensors".formatted(shard + 1);
      List<NewTensor> some = new ArrayList<>();
      for (int k = shard; k < tensors.size(); k += 3) {
        some.add(tensors.get(k));
        map.put(tensors.get(k).name(), file);
      }
      SafetensorsWriter.write(folder.resolve(file), Map.of(), some);
    }
    Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
    Bench.same(model, load(folder));
  }
}
