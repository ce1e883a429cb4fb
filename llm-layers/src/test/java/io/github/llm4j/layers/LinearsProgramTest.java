package io.github.llm4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.layer.LinearFactory;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.layers.Program.Batch;
import io.github.llm4j.layers.Program.Step;
import io.github.llm4j.runtime.model.ModelOptions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Other linears in the place of plain ones: LoRA over a plugin's layer, a quantised tied weight.
 */
class LinearsProgramTest {
  private static final int C = 32;
  private static final int V = 13;

  /** What a plugin might bring: {@code x sigmoid(W x)}. */
  private static final class Gate implements LayerProvider<NoSettings> {
    @Override
    public String type() {
      return "acme-gate";
    }

    @Override
    public Class<NoSettings> settings() {
      return NoSettings.class;
    }

    @Override
    public Layer create(NoSettings settings, LayerContext context) {
      int c = context.dModel();
      Layer gate = context.linear("gate", c, c, true, Initializer.normal(0.2));
      return (x, pass) -> pass.ops().mul(x, pass.ops().sigmoid(gate.forward(x, pass)));
    }
  }

  /** {@code y = W x + b + B A x}, Hu et al. 2021, arXiv:2106.09685; W and b keep their names. */
  private record Lora(int rank) implements LinearFactory {
    @Override
    public Layer linear(LayerContext context, int in, int out, boolean bias, Initializer first) {
      Parameter weight = context.matrix("weight", Shape.of(out, in), first);
      Parameter shift = context.vector("bias", out, Initializer.zeros());
      Parameter a = context.matrix("lora.a", Shape.of(rank, in), Initializer.normal(0.1));
      Parameter b = context.matrix("lora.b", Shape.of(out, rank), Initializer.zeros());
      return context.named(
          (x, pass) -> {
            Ops ops = pass.ops();
            DType type = pass.precision().compute();
            Tensor y =
                bias
                    ? ops.linear(x, pass.weight(weight), pass.weight(shift), type)
                    : ops.linear(x, pass.weight(weight), type);
            Tensor low = ops.linear(x, pass.weight(a), type); // [.., rank]
            return ops.add(y, ops.linear(low, pass.weight(b), type));
          });
    }
  }

  private static Program program(ModelOptions options) {
    ComponentSpec<Layer> gate = ComponentSpec.of(new Gate(), new NoSettings());
    return new Program(Specs.decoder(1, C, 6, Specs.llamaBlock(C, gate), 0, false), V, options);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void loraIsPutOverALayerThatKnowsNothingOfIt(Precision precision) {
    Batch batch = DecoderProgramTest.batch(2, 5, 1);
    Program plain = program(ModelOptions.of(3, precision));
    Program lora =
        program(
            new ModelOptions(
                3,
                precision,
                Map.of("**.feed-forward.gate", new Lora(4)),
                path -> !path.contains(".lora.")));
    Step step = lora.record(batch, Mode.TRAIN);
    Step plainStep = plain.record(batch, Mode.EVALUATE);
    assertEquals(plain.run(plainStep), lora.run(step), "B is zero at first");
    Map<String, float[]> before = new HashMap<>();
    for (Parameter parameter : lora.model.parameters().learned()) {
      before.put(parameter.path(), lora.model.parameters().read(parameter.path()));
    }
    float[] losses = lora.train(step, 20, 0.02);
    assertTrue(losses[19] < losses[0] - 0.01, "from " + losses[0] + " to " + losses[19]);
    before.forEach(
        (path, values) -> {
          boolean same = java.util.Arrays.equals(values, lora.model.parameters().read(path));
          assertEquals(!path.contains(".lora."), same, path);
        });
    assertFalse(before.containsKey("blocks.0.attention.query.lora.a"));
    merge(lora, plain);
    float tolerance = precision == Precision.BF16 ? 0.02f : 1e-5f;
    assertEquals(lora.run(lora.record(batch, Mode.EVALUATE)), plain.run(plainStep), tolerance);
  }

  /** W + B A. */
  private static void merge(Program from, Program to) {
    String path = "blocks.0.feed-forward.gate.";
    float[] a = from.model.parameters().read(path + "lora.a");
    float[] b = from.model.parameters().read(path + "lora.b");
    float[] weight = from.model.parameters().read(path + "weight");
    for (int o = 0; o < C; o++) {
      for (int i = 0; i < C; i++) {
        for (int r = 0; r < 4; r++) {
          weight[o * C + i] += b[o * 4 + r] * a[r * C + i];
        }
      }
    }
    to.model.parameters().write(path + "weight", weight);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aTiedTableMayBeQuantised(Precision precision) {
    Program quantised = program(ModelOptions.of(3, precision));
    Program rounded = program(ModelOptions.of(3, precision));
    float[] table = quantised.model.parameters().read("embedding.token.weight");
    MemorySegment blocks = quantised.model.backend().allocate(DType.Q8_0.bytes(table.length));
    float[] dequantised = quantise(table, blocks);
    quantised
        .model
        .parameters()
        .replace("embedding.token.weight", blocks, TensorSpec.of(DType.Q8_0, V, C));
    rounded.model.parameters().write("embedding.token.weight", dequantised);
    Batch batch = DecoderProgramTest.batch(2, 5, 1);
    Step step = quantised.record(batch, Mode.EVALUATE);
    Step other = rounded.record(batch, Mode.EVALUATE);
    float tolerance = precision == Precision.BF16 ? 0.02f : 1e-6f;
    assertEquals(rounded.run(other), quantised.run(step), tolerance);
    assertArrayEquals(other.readLogits(), step.readLogits(), tolerance);
    float[] losses = quantised.train(quantised.record(batch, Mode.TRAIN), 10, 0.01);
    assertTrue(losses[9] < losses[0], "the others learn: " + losses[0] + " to " + losses[9]);
    assertArrayEquals(table, quantised.model.parameters().read("embedding.token.weight"));
  }

  /** Blocks of 32 signed bytes behind a half-precision scale; gives what they stand for. */
  private static float[] quantise(float[] x, MemorySegment blocks) {
    float[] y = new float[x.length];
    for (int block = 0; block < x.length / 32; block++) {
      float largest = 0;
      for (int i = 0; i < 32; i++) {
        largest = Math.max(largest, Math.abs(x[32 * block + i]));
      }
      short half = Float.floatToFloat16(largest / 127);
      float scale = Float.float16ToFloat(half);
      blocks.set(ValueLayout.JAVA_SHORT_UNALIGNED, 34L * block, half);
      for (int i = 0; i < 32; i++) {
        byte q = (byte) Math.clamp(Math.round(x[32 * block + i] / scale), -127, 127);
        blocks.set(ValueLayout.JAVA_BYTE, 34L * block + 2 + i, q);
        y[32 * block + i] = q * scale;
      }
    }
    return y;
  }

  @Test
  void aTiedWeightGetsTheGradientOfBothUses() {
    // the gradient by the definition, from the losses around one element
    Program program = program(ModelOptions.of(3, Precision.F64));
    Step step = program.record(DecoderProgramTest.batch(2, 5, 1), Mode.TRAIN);
    program.run(step);
    String path = "embedding.token.weight";
    float[] gradient = program.model.parameters().readGradient(path);
    float[] table = program.model.parameters().read(path);
    for (int i = 3; i < table.length; i += 61) {
      float before = table[i];
      double h = 0.005;
      table[i] = (float) (before + h);
      program.model.parameters().write(path, table);
      double up = program.run(step);
      table[i] = (float) (before - h);
      program.model.parameters().write(path, table);
      double down = program.run(step);
      table[i] = before;
      assertEquals((up - down) / (2 * h), gradient[i], 2e-3, "element " + i);
    }
  }
}
