package io.github.llm4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.layers.Program.Batch;
import io.github.llm4j.layers.Program.Step;
import io.github.llm4j.runtime.model.ModelOptions;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An encoder over padded rows with the loss at masked tokens, and an encoder-decoder. */
class EncoderProgramTest {
  private static final int V = 11;
  private static final int MASK = 10;

  private static Program encoder(Precision precision) {
    ComponentSpec<Assembly> spec =
        ComponentSpec.of(
            new EncoderProvider(),
            new EncoderSettings(
                2,
                8,
                6,
                Specs.EMBEDDING,
                Specs.gptBlock(8, 0),
                Optional.empty(),
                Specs.TIED,
                0,
                false));
    return new Program(spec, V, ModelOptions.of(5, precision));
  }

  /** Two rows of 5 and 3 tokens; the loss is at the masked ones. */
  private static Batch masked(int padding) {
    int[] ids = {1, MASK, 3, 4, 5, 6, 7, MASK, padding, padding};
    int[] targets = {-1, 2, -1, -1, -1, -1, -1, 8, -1, -1};
    byte[] mask = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0};
    return new Batch(2, ids, targets, mask, new int[0], new byte[0]);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void learnsMaskedTokens(Precision precision) {
    Program program = encoder(precision);
    float[] losses = program.train(program.record(masked(0), Mode.TRAIN), 40, 0.02);
    assertTrue(losses[39] < losses[0] / 3, "from " + losses[0] + " to " + losses[39]);
  }

  @Test
  void paddingChangesNoRealTokenAndNoGradient() {
    Program program = encoder(Precision.F32);
    Step zeros = program.record(masked(0), Mode.TRAIN);
    float loss = program.run(zeros);
    float[] logits = zeros.readLogits();
    float[] gradient = program.model.parameters().readGradient("blocks.0.attention.key.weight");
    Step others = program.record(masked(9), Mode.TRAIN);
    assertEquals(loss, program.run(others));
    float[] changed = others.readLogits();
    assertEquals(0, Arrays.mismatch(Arrays.copyOfRange(logits, 8 * V, 9 * V), new float[V]));
    for (int i = 0; i < 8 * V; i++) {
      assertEquals(logits[i], changed[i], "logit " + i);
    }
    assertTrue(
        Arrays.equals(
            gradient, program.model.parameters().readGradient("blocks.0.attention.key.weight")));
  }

  @Test
  void aPaddedRowIsTheRowAlone() {
    Program program = encoder(Precision.F32);
    Step padded = program.record(masked(0), Mode.EVALUATE);
    program.run(padded);
    Step alone =
        program.record(Batch.of(1, new int[] {6, 7, MASK}, new int[] {-1, -1, 8}), Mode.EVALUATE);
    program.run(alone);
    float[] whole = padded.readLogits();
    float[] row = alone.readLogits();
    for (int i = 0; i < 3 * V; i++) {
      assertEquals(row[i], whole[5 * V + i], 1e-6f, "logit " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aRowThatIsAllPaddingIsFiniteAndChangesNoOther(Precision precision) {
    Program program = encoder(precision);
    int[] ids = {1, MASK, 3, 4, 5, 6, 7, MASK, 2, 1};
    int[] targets = {-1, 2, -1, -1, -1, -1, -1, 8, -1, -1};
    int[] first = {-1, 2, -1, -1, -1, -1, -1, -1, -1, -1};
    byte[] none = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
    // a loss in the hidden row, so that gradients flow through it
    Step step =
        program.record(new Batch(2, ids, targets, none, new int[0], new byte[0]), Mode.TRAIN);
    assertTrue(Float.isFinite(program.run(step)), "loss " + step.loss());
    float[] hidden = step.readLogits();
    for (float logit : hidden) {
      assertTrue(Float.isFinite(logit), "logit " + logit);
    }
    for (Parameter parameter : program.model.parameters().learned()) {
      for (float gradient : program.model.parameters().readGradient(parameter.path())) {
        assertTrue(Float.isFinite(gradient), parameter.path() + " " + gradient);
      }
    }
    byte[] both = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0};
    Step usual =
        program.record(new Batch(2, ids, first, both, new int[0], new byte[0]), Mode.TRAIN);
    program.run(usual);
    assertArrayEquals(
        Arrays.copyOf(usual.readLogits(), 5 * V), Arrays.copyOf(hidden, 5 * V), "row 0");
  }

  @Test
  void eachTokenSeesAllOfItsText() {
    Program program = encoder(Precision.F32);
    Step step = program.record(masked(0), Mode.EVALUATE);
    program.run(step);
    float before = step.readLogits()[0];
    int[] ids = masked(0).ids();
    ids[4] = 9;
    step.plan().set("ids", ids);
    program.run(step);
    assertNotEquals(before, step.readLogits()[0]);
  }

  private static Program encoderDecoder(Precision precision) {
    EncoderDecoderSettings.Side side =
        new EncoderDecoderSettings.Side(1, Specs.gptBlock(8, 0), Optional.empty());
    ComponentSpec<Assembly> spec =
        ComponentSpec.of(
            new EncoderDecoderProvider(),
            new EncoderDecoderSettings(8, 6, Specs.EMBEDDING, side, side, Specs.TIED, 0, false));
    return new Program(spec, V, ModelOptions.of(6, precision));
  }

  /** Writes the source backwards. */
  private static Batch backwards(int padding) {
    int[] source = {1, 2, 3, 4, 5, 6, 7, padding};
    int[] ids = {0, 4, 3, 2, 0, 7, 6, 5};
    int[] targets = {4, 3, 2, 1, 7, 6, 5, -1};
    byte[] mask = {1, 1, 1, 1, 1, 1, 1, 0};
    return new Batch(2, ids, targets, new byte[0], source, mask);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anEncoderDecoderLearnsToWriteBackwards(Precision precision) {
    Program program = encoderDecoder(precision);
    float[] losses = program.train(program.record(backwards(0), Mode.TRAIN), 60, 0.02);
    assertTrue(losses[59] < losses[0] / 3, "from " + losses[0] + " to " + losses[59]);
    float[] gradient =
        program.model.parameters().readGradient("encoder.blocks.0.attention.value.weight");
    assertTrue(gradient[0] != 0, "gradients reach the encoder");
  }

  @Test
  void theDecoderSeesTheSourceButNotItsPadding() {
    Program program = encoderDecoder(Precision.F32);
    Step step = program.record(backwards(0), Mode.EVALUATE);
    float loss = program.run(step);
    step.plan().set("source-ids", backwards(9).source());
    assertEquals(loss, program.run(step));
    int[] source = backwards(0).source();
    source[1] = 9;
    step.plan().set("source-ids", source);
    assertNotEquals(loss, program.run(step));
  }
}
