package io.github.llm4j.formats.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llm4j.formats.SharedData;
import io.github.llm4j.formats.safetensors.SafetensorsFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that others wrote, held against the same numbers in other formats. */
class GgufRealFilesTest {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @TempDir Path folder;

  private static GgufFile stories(String type) throws IOException {
    return GgufFile.open(SharedData.path("data/models/stories260K/stories260K-" + type + ".gguf"));
  }

  @Test
  void readsTheSameWeightsAsSafetensors() throws IOException {
    Map<String, String> names =
        Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "blk.3.ffn_down.weight", "model.layers.3.mlp.down_proj.weight",
            "blk.0.attn_v.weight", "model.layers.0.self_attn.v_proj.weight");
    try (GgufFile single = stories("f32");
        GgufFile half = stories("f16");
        SafetensorsFile weights =
            SafetensorsFile.open(SharedData.path("data/models/stories260K/model.safetensors"))) {
      for (Map.Entry<String, String> name : names.entrySet()) {
        float[] values = weights.floats(name.getValue());
        GgufTensor tensor = single.tensor(name.getKey());
        assertEquals(weights.tensor(name.getValue()).shape(), tensor.shape());
        assertArrayEquals(values, single.data(tensor.name()).toArray(FLOAT), tensor.name());
        MemorySegment halves = half.data(tensor.name());
        if (half.tensor(tensor.name()).type() == GgufType.F16) {
          for (int i = 0; i < values.length; i++) {
            assertEquals(Float.floatToFloat16(values[i]), halves.getAtIndex(SHORT, i));
          }
        }
      }
      assertEquals(5, single.value("llama.block_count").whole());
      assertEquals(1e-5f, (float) single.value("llama.attention.layer_norm_rms_epsilon").real());
    }
  }

  /**
   * Block layouts: d is a half, 32 numbers are d times q, q from 0 to 15 less 8, or from -127.
   * Rounding d makes the bound wider.
   */
  @Test
  void readsBlocksThatAreNearTheWeights() throws IOException {
    try (GgufFile single = stories("f32");
        GgufFile q8 = stories("q8_0");
        GgufFile q4 = stories("q4_0")) {
      float[] values = single.data("token_embd.weight").toArray(FLOAT);
      MemorySegment eight = q8.data("token_embd.weight");
      MemorySegment four = q4.data("token_embd.weight");
      assertEquals(values.length / 32 * 34L, eight.byteSize());
      for (int i = 0; i < values.length; i++) {
        int block = i / 32;
        float d8 = Float.float16ToFloat(eight.get(SHORT, block * 34L));
        float found8 = d8 * eight.get(ValueLayout.JAVA_BYTE, block * 34L + 2 + i % 32);
        assertEquals(values[i], found8, Math.abs(d8) * 0.57f, "element " + i);
        float d4 = Float.float16ToFloat(four.get(SHORT, block * 18L));
        int pair = four.get(ValueLayout.JAVA_BYTE, block * 18L + 2 + i % 16) & 0xFF;
        int q = i % 32 < 16 ? pair & 15 : pair >> 4;
        assertEquals(values[i], d4 * (q - 8), Math.abs(d4) * 1.01f, "element " + i);
      }
    }
  }

  @Test
  void readsVocabularies() throws IOException {
    Path vocab = SharedData.path("data/tokenizers/bert-base-uncased/vocab.txt");
    List<String> lines = Files.readAllLines(vocab);
    try (GgufFile file = llamacpp("bert-bge")) {
      List<String> tokens = file.value("tokenizer.ggml.tokens").array().texts();
      assertEquals(lines.size(), tokens.size());
      assertEquals(lines.get(103), tokens.get(103));
      assertEquals("\u2581" + lines.get(7592), tokens.get(7592));
    }
    JsonNode ids =
        new ObjectMapper().readTree(SharedData.path("data/tokenizers/gpt2/vocab.json").toFile());
    List<String> merges = Files.readAllLines(SharedData.path("data/tokenizers/gpt2/merges.txt"));
    try (GgufFile file = llamacpp("gpt-2")) {
      List<String> tokens = file.value("tokenizer.ggml.tokens").array().texts();
      assertEquals(ids.size(), tokens.size());
      for (int i = 0; i < tokens.size(); i++) {
        assertEquals(i, ids.get(tokens.get(i)).intValue());
      }
      assertEquals(merges.subList(1, 50_001), file.value("tokenizer.ggml.merges").array().texts());
    }
    try (GgufFile file = llamacpp("llama-spm")) {
      assertEquals(32_000, file.value("tokenizer.ggml.scores").array().floats().length);
      assertEquals(-258f, file.value("tokenizer.ggml.scores").array().floats()[517]);
    }
  }

  private static GgufFile llamacpp(String name) throws IOException {
    return GgufFile.open(SharedData.path("data/tokenizers/llamacpp/ggml-vocab-" + name + ".gguf"));
  }

  @Test
  void writesTheSameBytes() throws IOException {
    for (String type : List.of("f32", "f16", "q8_0", "q4_0")) {
      Path copy = folder.resolve(type + ".gguf");
      try (GgufFile file = stories(type)) {
        List<NewGgufTensor> tensors = new ArrayList<>();
        for (GgufTensor tensor : file.tensors().values()) {
          tensors.add(
              new NewGgufTensor(
                  tensor.name(), tensor.type(), tensor.shape(), file.data(tensor.name())));
        }
        GgufWriter.write(copy, file.metadata(), tensors);
      }
      Path original = SharedData.path("data/models/stories260K/stories260K-" + type + ".gguf");
      assertEquals(-1, Files.mismatch(original, copy), type);
    }
    assertTrue(Files.size(folder.resolve("f32.gguf")) > 1_000_000);
  }
}
