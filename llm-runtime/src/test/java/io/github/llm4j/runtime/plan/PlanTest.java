package io.github.llm4j.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.ShapeMismatchException;
import io.github.llm4j.api.error.UnsupportedOpException;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final TensorSpec VECTOR = TensorSpec.of(DType.F32, 16);

  private final ToyBackend backend = new ToyBackend();
  private final PlanArena arena = new PlanArena(backend);
  private final Recorder recorder = new Recorder(backend);

  @AfterEach
  void close() {
    backend.close();
  }

  private static float[] vector(float from) {
    float[] values = new float[16];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i / 8f;
    }
    return values;
  }

  private static float[] read(Plan plan, String name) {
    float[] values = new float[16];
    plan.get(name, values);
    return values;
  }

  @Test
  void computesWhatWasRecordedAndAgainWithOtherInputs() {
    Tensor x = recorder.input("x", VECTOR);
    recorder.output("y", recorder.add(recorder.mul(x, x), recorder.scale(x, 2, 1)));
    Plan plan = recorder.plan(arena);
    for (float from : new float[] {1, -3}) {
      plan.set("x", vector(from));
      plan.run();
      float[] expected = vector(from);
      for (int i = 0; i < 16; i++) {
        expected[i] = expected[i] * expected[i] + (2 * expected[i] + 1);
      }
      assertArrayEquals(expected, read(plan, "y"), 1e-5f);
    }
  }

  @Test
  void sumsOfManyValuesLoseNoneWhateverTheOrder() {
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Recorder sums = new Recorder(backend);
      Tensor x = sums.input("x", VECTOR);
      List<Tensor> values = new ArrayList<>();
      float factor = 0;
      for (int i = 1 + random.nextInt(6); i >= 0; i--) {
        values.add(sums.scale(x, 1 << i, 0));
        factor += 1 << i;
      }
      while (values.size() > 1) {
        Tensor a = values.remove(random.nextInt(values.size()));
        Tensor b = values.remove(random.nextInt(values.size()));
        values.add(random.nextInt(values.size() + 1), sums.add(a, b));
      }
      sums.output("y", values.get(0));
      Plan plan = sums.plan(arena);
      plan.set("x", vector(1));
      plan.run();
      float[] expected = vector(1);
      for (int i = 0; i < expected.length; i++) {
        expected[i] *= factor;
      }
      assertArrayEquals(expected, read(plan, "y"), "seed " + seed + ", round " + round);
    }
  }

  @Test
  void aLongChainNeedsNoMoreMemoryThanAShortOne() {
    long[] bytes = new long[2];
    for (int length : new int[] {4, 40}) {
      Recorder chain = new Recorder(backend);
      Tensor x = chain.input("x", VECTOR);
      for (int i = 0; i < length; i++) {
        x = chain.exp(chain.scale(x, 0.5, 0));
      }
      chain.output("y", x);
      bytes[length == 4 ? 0 : 1] = chain.plan(arena).arenaBytes();
    }
    assertEquals(bytes[0], bytes[1]);
  }

  @Test
  void bytesOfThePlanAreWhatTheArenaHolds() {
    Tensor x = recorder.input("x", VECTOR);
    recorder.output("y", recorder.mul(recorder.exp(x), recorder.scale(x, 3, 0)));
    Plan plan = recorder.plan(arena);
    plan.bind();
    assertEquals(List.of(plan.arenaBytes(), plan.ownBytes()), backend.allocated);
    assertEquals(arena.bytes(), plan.arenaBytes());
    plan.run();
    assertEquals(2, backend.allocated.size(), "a run allocates nothing");
  }

  @Test
  void aValueThatIsReadLaterIsNotWrittenOver() {
    Tensor x = recorder.input("x", VECTOR);
    Tensor early = recorder.scale(x, 2, 0);
    Tensor chain = early;
    for (int i = 0; i < 5; i++) {
      chain = recorder.scale(chain, 1, 1);
    }
    recorder.output("y", recorder.mul(early, chain));
    Plan plan = recorder.plan(arena);
    plan.set("x", vector(1));
    plan.run();
    float[] expected = vector(1);
    for (int i = 0; i < 16; i++) {
      expected[i] = 2 * expected[i] * (2 * expected[i] + 5);
    }
    assertArrayEquals(expected, read(plan, "y"), 1e-4f);
  }

  @Test
  void savedOutputsAreMadeOnlyWhereSomethingReadsThem() {
    TensorSpec row = TensorSpec.of(DType.F32, 1, 16);
    for (boolean read : new boolean[] {false, true}) {
      Recorder r = new Recorder(backend);
      Tensor weight = r.fill(1, VECTOR);
      List<Tensor> outputs = r.apply(new RmsNorm(0, DType.F32), List.of(r.input("x", row), weight));
      r.output("y", outputs.get(0));
      if (read) {
        r.output("rstd", outputs.get(1));
      }
      Plan plan = r.plan(arena);
      plan.set("x", vector(1));
      List<Boolean> seen = new ArrayList<>();
      plan.run(
          (entry, memory) -> {
            if (entry.op() instanceof RmsNorm) {
              seen.add(memory.get(1).isPresent());
            }
          });
      assertEquals(List.of(read), seen);
    }
  }

  @Test
  void launchesThatNothingReadsAreDroppedButUpdatesStay() {
    MemorySegment target = backend.allocate(64);
    Tensor x = recorder.input("x", VECTOR);
    recorder.exp(x);
    Tensor kept = recorder.external(target, VECTOR);
    recorder.apply(new Accumulate(true), List.of(kept, recorder.scale(x, 2, 0)));
    Plan plan = recorder.plan(arena);
    assertEquals(1, plan.entries().size());
    plan.set("x", vector(1));
    plan.run();
    assertEquals(2, target.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
  }

  @Test
  void accumulationIntoASoleUseWritesStraightIntoTheTarget() {
    MemorySegment target = backend.allocate(64);
    target.fill((byte) 0);
    Recorder[] recorders = {new Recorder(backend), new Recorder(backend)};
    for (boolean store : new boolean[] {true, false}) {
      Recorder r = recorders[store ? 0 : 1];
      Tensor gradient = r.external(target, VECTOR);
      Tensor x = r.input("x", VECTOR);
      r.apply(new Accumulate(store), List.of(gradient, r.mul(x, x)));
      r.apply(new Accumulate(false), List.of(gradient, r.scale(x, 3, 0)));
      Plan plan = r.plan(arena);
      assertEquals(2, plan.entries().size(), "the additions are gone");
      plan.set("x", vector(1));
      plan.run();
    }
    // twice x^2 + 3 x, of which the first was stored
    assertEquals(2 * (1 + 3), target.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
  }

  @Test
  void anAccumulationDoesNotMoveOverAReader() {
    MemorySegment target = backend.allocate(64);
    target.fill((byte) 0);
    Tensor gradient = recorder.external(target, VECTOR);
    Tensor x = recorder.input("x", VECTOR);
    Tensor value = recorder.scale(x, 1, 1);
    recorder.output("before", recorder.scale(gradient, 1, 0.5)); // reads the old contents
    recorder.apply(new Accumulate(true), List.of(gradient, value));
    Plan plan = recorder.plan(arena);
    plan.set("x", vector(1));
    plan.run();
    assertEquals(0.5f, read(plan, "before")[0]);
    assertEquals(2, target.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
  }

  @Test
  void sumsOfGradientsAreAddedInPlace() {
    Tensor x = recorder.input("x", VECTOR);
    Tensor a = recorder.exp(x);
    Tensor sum = recorder.add(a, recorder.scale(x, 2, 0));
    sum = recorder.add(sum, recorder.mul(x, x));
    recorder.output("y", sum);
    Plan plan = recorder.plan(arena);
    assertTrue(plan.entries().stream().noneMatch(e -> e.op() instanceof Add));
    plan.set("x", vector(1));
    plan.run();
    assertEquals((float) Math.E + 2 + 1, read(plan, "y")[0], 1e-5);
  }

  @Test
  void randomGraphsGiveTheSameAsPlainArithmetic() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Recorder r = new Recorder(backend);
      List<Tensor> values = new ArrayList<>(List.of(r.input("x", VECTOR)));
      List<float[]> expected = new ArrayList<>(List.of(vector(0.5f)));
      for (int i = 0; i < 30; i++) {
        int a = random.nextInt(values.size());
        int b = random.nextInt(values.size());
        boolean add = random.nextBoolean();
        Tensor left = r.scale(values.get(a), 0.5, 0);
        boolean scaled = random.nextBoolean();
        Tensor right = scaled ? r.scale(values.get(b), 0.25, 0.1) : values.get(b);
        values.add(add ? r.add(left, right) : r.mul(left, right));
        float[] e = new float[16];
        for (int k = 0; k < 16; k++) {
          float l = (float) (expected.get(a)[k] * 0.5);
          float o = scaled ? (float) (expected.get(b)[k] * 0.25 + 0.1) : expected.get(b)[k];
          e[k] = add ? l + o : l * o;
        }
        expected.add(e);
      }
      r.output("y", values.get(values.size() - 1));
      r.output("z", values.get(values.size() / 2));
      Plan plan = r.plan(arena);
      plan.set("x", vector(0.5f));
      plan.run();
      assertArrayEquals(expected.get(expected.size() - 1), read(plan, "y"), 1e-4f, "seed " + seed);
      assertArrayEquals(expected.get(values.size() / 2), read(plan, "z"), 1e-4f, "seed " + seed);
    }
  }

  @Test
  void plansShareOneArenaAsLargeAsTheLargest() {
    Plan[] plans = new Plan[2];
    for (int size : new int[] {16, 1600}) {
      Recorder r = new Recorder(backend);
      Tensor x = r.input("x", TensorSpec.of(DType.F32, size));
      r.output("y", r.mul(r.exp(x), r.scale(x, 2, 0)));
      plans[size == 16 ? 0 : 1] = r.plan(arena);
      plans[0].set("x", vector(1));
      plans[0].run();
      assertEquals((float) (2 * Math.E), read(plans[0], "y")[0], 1e-4);
    }
    assertEquals(plans[1].arenaBytes(), arena.bytes());
  }

  @Test
  void shapeErrorsNameTheLayer() {
    Tensor x = recorder.input("x", VECTOR);
    Tensor y = recorder.input("y", TensorSpec.of(DType.F32, 3));
    ShapeMismatchException e =
        assertThrows(
            ShapeMismatchException.class, () -> recorder.at("blocks.3.feed-forward").add(x, y));
    assertEquals(
        "llm4j:add: b must be [16], found f32 [3]. (blocks.3.feed-forward)", e.getMessage());
  }

  @Test
  void aPrimitiveWithoutKernelIsNamed() {
    Tensor x = recorder.input("x", VECTOR);
    UnsupportedOpException e =
        assertThrows(UnsupportedOpException.class, () -> recorder.at("head").tanh(x));
    assertEquals(
        "llm4j:tanh (head): backend 'toy' must have a kernel, found none and no decomposition, for"
            + " [f32 [16]]. Add a KernelProvider for it or implement Decomposable.",
        e.getMessage());
  }

  @Test
  void reshapeCostsNothing() {
    Tensor x = recorder.input("x", VECTOR);
    Tensor square = recorder.reshape(recorder.exp(x), Shape.of(4, 4));
    recorder.output("y", recorder.reshape(recorder.scale(square, 2, 0), Shape.of(16)));
    Plan plan = recorder.plan(arena);
    assertEquals(2, plan.entries().size());
    plan.set("x", vector(0));
    plan.run();
    assertEquals(2f, read(plan, "y")[0], 1e-6);
  }
}
