package io.github.llm4j.tasks.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.backend.cpu.CpuBackendProvider;
import io.github.llm4j.backend.cpu.CpuSettings;
import io.github.llm4j.backend.cpu.Kernels;
import io.github.llm4j.layers.Activation;
import io.github.llm4j.layers.AttentionProvider;
import io.github.llm4j.layers.AttentionSettings;
import io.github.llm4j.layers.BlockSettings;
import io.github.llm4j.layers.DecoderProvider;
import io.github.llm4j.layers.DecoderSettings;
import io.github.llm4j.layers.EmbeddingSettings;
import io.github.llm4j.layers.ExpertsProvider;
import io.github.llm4j.layers.ExpertsSettings;
import io.github.llm4j.layers.HeadSettings;
import io.github.llm4j.layers.LayerNormProvider;
import io.github.llm4j.layers.LayerNormSettings;
import io.github.llm4j.layers.LearnedPositionProvider;
import io.github.llm4j.layers.MlpProvider;
import io.github.llm4j.layers.MlpSettings;
import io.github.llm4j.layers.NoPositionProvider;
import io.github.llm4j.layers.NoSettings;
import io.github.llm4j.layers.RmsNormProvider;
import io.github.llm4j.layers.RmsNormSettings;
import io.github.llm4j.layers.RopeProvider;
import io.github.llm4j.layers.RopeSettings;
import io.github.llm4j.layers.SwigluProvider;
import io.github.llm4j.layers.SwigluSettings;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cached decoding equals the full forward, for the decoder that configs declare. */
class DecoderDecodingTest {
  private static final int VOCABULARY = 23;
  private static final int CONTEXT = 40;

  private static final ComponentSpec<Layer> NONE =
      ComponentSpec.of(new NoPositionProvider(), new NoSettings());
  private static final ComponentSpec<Layer> LEARNED =
      ComponentSpec.of(new LearnedPositionProvider(), new NoSettings());
  private static final ComponentSpec<Layer> ROPE =
      ComponentSpec.of(new RopeProvider(), new RopeSettings(10_000, 1));
  private static final ComponentSpec<Layer> LAYER_NORM =
      ComponentSpec.of(new LayerNormProvider(), new LayerNormSettings(1e-5, true));
  private static final ComponentSpec<Layer> RMS_NORM =
      ComponentSpec.of(new RmsNormProvider(), new RmsNormSettings(1e-5));
  private static final ComponentSpec<Layer> MLP =
      ComponentSpec.of(new MlpProvider(), new MlpSettings(Optional.empty(), Activation.GELU, true));
  private static final ComponentSpec<Layer> SWIGLU =
      ComponentSpec.of(new SwigluProvider(), new SwigluSettings(Optional.of(40), false));
  private static final ComponentSpec<Layer> EXPERTS =
      ComponentSpec.of(new ExpertsProvider(), new ExpertsSettings(4, 2, 24, true, 0.01));

  @Test
  void gpt() {
    check(LEARNED, LAYER_NORM, attention(4, 4, NONE, 0), MLP, Precision.F32, 2e-5f);
  }

  @Test
  void llamaWithGroupedHeads() {
    check(NONE, RMS_NORM, attention(4, 2, ROPE, 0), SWIGLU, Precision.F32, 2e-5f);
  }

  @Test
  void windowShorterThanTheText() {
    check(NONE, RMS_NORM, attention(4, 1, ROPE, 7), SWIGLU, Precision.F32, 2e-5f);
  }

  @Test
  void experts() {
    check(NONE, RMS_NORM, attention(4, 2, ROPE, 0), EXPERTS, Precision.F32, 2e-5f);
  }

  @Test
  void gptInBf16() {
    check(LEARNED, LAYER_NORM, attention(4, 4, NONE, 0), MLP, Precision.BF16, 4e-3f);
  }

  private static ComponentSpec<Layer> attention(
      int heads, int kvHeads, ComponentSpec<Layer> position, int window) {
    return ComponentSpec.of(
        new AttentionProvider(),
        new AttentionSettings(
            heads, Optional.of(kvHeads), Optional.empty(), false, position, window, 0));
  }

  private static void check(
      ComponentSpec<Layer> position,
      ComponentSpec<Layer> norm,
      ComponentSpec<Layer> attention,
      ComponentSpec<Layer> feedForward,
      Precision precision,
      float tolerance) {
    ComponentSpec<Assembly> decoder =
        ComponentSpec.of(
            new DecoderProvider(),
            new DecoderSettings(
                2,
                32,
                CONTEXT,
                new EmbeddingSettings(Optional.of(position)),
                new BlockSettings(norm, attention, Optional.empty(), feedForward),
                Optional.empty(),
                new HeadSettings(true, false),
                0,
                false));
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Backend backend =
        new CpuBackendProvider()
            .create(
                CpuSettings.of(Kernels.AUTO), new BackendContext(new WorkerPool(2), List.of()))) {
      Model model = Model.build(decoder, VOCABULARY, ModelOptions.of(seed, precision), backend);
      model.parameters().refresh();
      Decoding decoding = new Decoding(model);
      int[] ids = random.ints(CONTEXT, 0, VOCABULARY).toArray();
      for (int at = 0; at < ids.length; ) {
        int n = Math.min(at == 0 ? 1 + random.nextInt(30) : 1, ids.length - at);
        float[] logits = decoding.feed(Arrays.copyOfRange(ids, at, at + n));
        at += n;
        float[] full = FullForward.last(model, Arrays.copyOf(ids, at));
        assertArrayEquals(full, logits, tolerance, "seed " + seed + ", " + at + " tokens");
      }
    }
  }
}
