package io.github.llm4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.formats.safetensors.SafetensorsFile;
import io.github.llm4j.layers.Program.Batch;
import io.github.llm4j.layers.Program.Step;
import io.github.llm4j.runtime.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same numbers as Hugging Face transformers, from the same weights. */
class ParityTest {
  private static final int C = 32;
  private static final int V = 96;
  private static final int LENGTH = 64;
  private static final double TOLERANCE = 1e-4;

  /** A family's architecture, and its tensors under our paths; gradients under their names. */
  private record Family(
      ComponentSpec<Assembly> spec, Map<String, float[]> weights, Map<String, String> ours) {}

  private static ComponentSpec<Assembly> spec(BlockSettings block, HeadSettings head) {
    return ComponentSpec.of(
        new DecoderProvider(),
        new DecoderSettings(
            2, C, LENGTH, Specs.EMBEDDING, block, Optional.empty(), head, 0, false));
  }

  private static Family gpt2(SafetensorsFile file) throws IOException {
    Map<String, float[]> weights = new LinkedHashMap<>();
    Map<String, String> ours = new HashMap<>();
    String from = "transformer.";
    weights.put("embedding.token.weight", file.floats(from + "wte.weight"));
    weights.put("embedding.position.weight", file.floats(from + "wpe.weight"));
    for (String part : new String[] {"weight", "bias"}) {
      weights.put("norm." + part, file.floats(from + "ln_f." + part));
    }
    for (int i = 0; i < 2; i++) {
      String theirs = from + "h." + i + ".";
      String to = "blocks." + i + ".";
      for (String part : new String[] {"weight", "bias"}) {
        weights.put(to + "attention.pre-norm." + part, file.floats(theirs + "ln_1." + part));
        weights.put(to + "feed-forward.pre-norm." + part, file.floats(theirs + "ln_2." + part));
        // their matrices lie as [in, out]
        float[] qkv = file.floats(theirs + "attn.c_attn." + part);
        float[] joined = part.equals("weight") ? transposed(qkv, C) : qkv;
        String[] names = {"query", "key", "value"};
        int size = joined.length / 3;
        for (int n = 0; n < 3; n++) {
          weights.put(
              to + "attention." + names[n] + "." + part,
              Arrays.copyOfRange(joined, n * size, (n + 1) * size));
        }
        linear(weights, to + "attention.output." + part, file, theirs + "attn.c_proj." + part, C);
        linear(weights, to + "feed-forward.up." + part, file, theirs + "mlp.c_fc." + part, C);
        linear(
            weights, to + "feed-forward.down." + part, file, theirs + "mlp.c_proj." + part, 4 * C);
      }
    }
    ours.put("transformer.h.1.ln_1.weight", "blocks.1.attention.pre-norm.weight");
    ours.put("transformer.ln_f.weight", "norm.weight");
    ours.put("transformer.ln_f.bias", "norm.bias");
    ours.put("transformer.wte.weight", "embedding.token.weight");
    BlockSettings block =
        new BlockSettings(
            Specs.LAYER_NORM,
            Specs.attention(4, 4, true, Specs.NO_POSITION, 0),
            Optional.empty(),
            Specs.mlp(4 * C, Activation.GELU_TANH, true));
    return new Family(spec(block, Specs.TIED), weights, ours);
  }

  private static void linear(
      Map<String, float[]> weights, String path, SafetensorsFile file, String name, int in)
      throws IOException {
    float[] values = file.floats(name);
    weights.put(path, name.endsWith("weight") ? transposed(values, in) : values);
  }

  /** A matrix [in, out] as [out, in]. */
  private static float[] transposed(float[] x, int in) {
    int out = x.length / in;
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i % out * in + i / out] = x[i];
    }
    return y;
  }

  private static Family llama(SafetensorsFile file) throws IOException {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("model.embed_tokens.weight", "embedding.token.weight");
    ours.put("model.norm.weight", "norm.weight");
    ours.put("lm_head.weight", "head.output.weight");
    for (int i = 0; i < 2; i++) {
      String from = "model.layers." + i + ".";
      String to = "blocks." + i + ".";
      ours.put(from + "input_layernorm.weight", to + "attention.pre-norm.weight");
      ours.put(from + "post_attention_layernorm.weight", to + "feed-forward.pre-norm.weight");
      ours.put(from + "self_attn.q_proj.weight", to + "attention.query.weight");
      ours.put(from + "self_attn.k_proj.weight", to + "attention.key.weight");
      ours.put(from + "self_attn.v_proj.weight", to + "attention.value.weight");
      ours.put(from + "self_attn.o_proj.weight", to + "attention.output.weight");
      for (String name : new String[] {"gate", "up", "down"}) {
        ours.put(from + "mlp." + name + "_proj.weight", to + "feed-forward." + name + ".weight");
      }
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : ours.entrySet()) {
      weights.put(entry.getValue(), file.floats(entry.getKey()));
    }
    BlockSettings block =
        new BlockSettings(
            Specs.RMS_NORM,
            Specs.attention(4, 2, false, Specs.ROPE, 0),
            Optional.empty(),
            Specs.swiglu(80));
    return new Family(spec(block, new HeadSettings(false, false)), weights, ours);
  }

  private static Program load(String name, Path folder, Map<String, String> ours, String backend)
      throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
      Family family = name.equals("gpt2") ? gpt2(file) : llama(file);
      ours.putAll(family.ours());
      Program program =
          new Program(
              family.spec(),
              V,
              ModelOptions.of(1, Precision.F32),
              backend.equals("cpu") ? Program.cpu() : Program.reference());
      assertEquals(
          family.weights().keySet().size(),
          program.model.parameters().learned().size(),
          "each parameter has its tensor");
      family.weights().forEach(program.model.parameters()::write);
      return program;
    }
  }

  private static int[] ints(long[] values) {
    return LongStream.of(values).mapToInt(Math::toIntExact).toArray();
  }

  /** What follows each token; nothing follows the last of a row. */
  private static int[] next(int[] ids, int length) {
    int[] targets = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      targets[i] = i % length == length - 1 ? -1 : ids[i + 1];
    }
    return targets;
  }

  private static void assertClose(float[] expected, float[] found, String what) {
    assertEquals(expected.length, found.length, what);
    double size = 0;
    double off = 0;
    for (int i = 0; i < expected.length; i++) {
      size = Math.max(size, Math.abs(expected[i]));
      off = Math.max(off, Math.abs(expected[i] - (double) found[i]));
    }
    assertTrue(off <= TOLERANCE * size, what + ": off by " + off + ", largest is " + size);
  }

  @ParameterizedTest
  @CsvSource({"gpt2,reference", "llama,reference", "gpt2,cpu", "llama,cpu"})
  void logitsLossAndGradientsAgree(String name, String backend) throws IOException {
    Path folder = ReferenceModels.folder(name);
    Map<String, String> ours = new HashMap<>();
    Program program = load(name, folder, ours, backend);
    try (SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected.safetensors"))) {
      int[] ids = ints(expected.longs("input_ids"));
      Step step = program.record(Batch.of(2, ids, next(ids, 20)), Mode.TRAIN);
      float loss = program.run(step);
      assertClose(expected.floats("logits"), step.readLogits(), "logits");
      assertClose(expected.floats("loss"), new float[] {loss}, "loss");
      int gradients = 0;
      for (String tensor : expected.tensors().keySet()) {
        if (tensor.startsWith("grad.")) {
          String path = ours.get(tensor.substring("grad.".length()));
          assertTrue(path != null, tensor);
          assertClose(
              expected.floats(tensor), program.model.parameters().readGradient(path), tensor);
          gradients++;
        }
      }
      assertEquals(3, gradients);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void greedyContinuationIsTheSame(String name) throws IOException {
    Path folder = ReferenceModels.folder(name);
    Program program = load(name, folder, new HashMap<>(), "cpu");
    try (SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected.safetensors"))) {
      int[] whole = ints(expected.longs("greedy"));
      int[] ids = Arrays.copyOf(Arrays.copyOf(whole, 8), whole.length);
      Step step = program.record(Batch.of(1, ids, next(ids, ids.length)), Mode.EVALUATE);
      for (int t = 8; t < ids.length; t++) {
        step.plan().set("ids", ids);
        program.run(step);
        ids[t] = largest(step.readLogits(), (t - 1) * V); // tokens behind t are not seen
      }
      assertArrayEquals(whole, ids);
    }
  }

  private static int largest(float[] logits, int from) {
    int best = 0;
    for (int i = 1; i < V; i++) {
      if (logits[from + i] > logits[from + best]) {
        best = i;
      }
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void aBatchIsLearnedByHeart(String name) throws IOException {
    Path folder = ReferenceModels.folder(name);
    Program program = load(name, folder, new HashMap<>(), "cpu");
    try (SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected.safetensors"))) {
      int[] ids = ints(expected.longs("input_ids"));
      Step step = program.record(Batch.of(2, ids, next(ids, 20)), Mode.TRAIN);
      float[] losses = program.train(step, 150, 0.01);
      assertTrue(losses[149] < 0.01, "from " + losses[0] + " to " + losses[149]);
    }
  }
}
