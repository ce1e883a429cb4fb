package io.github.llm4j.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.op.Gelu;
import io.github.llm4j.api.op.GeluGrad;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.SwiGlu;
import io.github.llm4j.api.op.SwiGluGrad;
import io.github.llm4j.api.random.Philox;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.backend.cpu.arrays.ArrayLoops;
import io.github.llm4j.backend.cpu.arrays.ArrayTiles;
import io.github.llm4j.backend.cpu.tile.ElementLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The loops over arrays: the same bits when first called as when compiled, and the same words. */
class ArrayLoopsTest {
  private static final int N = 1024;

  private final ArrayLoops loops = new ArrayLoops();
  private final Random random = new Random(20_261_125);

  private float[] row() {
    float[] row = new float[N];
    for (int i = 0; i < N; i++) {
      row[i] = (float) random.nextGaussian() * 4;
    }
    return row;
  }

  /** Enough calls for the compiler to have made vectors of the loops. */
  private static void assertSameBits(Supplier<float[]> work) {
    float[] first = work.get();
    float[] last = first;
    for (int i = 0; i < 6000; i++) {
      last = work.get();
    }
    assertArrayEquals(first, last, 0f);
  }

  @Test
  void formulasGiveTheSameBitsCompiled() {
    List<Op> ops =
        List.of(
            new Gelu(true),
            new Gelu(false),
            new GeluGrad(true),
            new GeluGrad(false),
            new SwiGlu(),
            new SwiGluGrad());
    float[][] in = {row(), row(), row()};
    for (Op op : ops) {
      ElementLoop loop = Objects.requireNonNull(loops.element(op));
      assertSameBits(
          () -> {
            float[][] out = new float[2][N];
            loop.run(in, out, N);
            return out[0];
          });
    }
  }

  @Test
  void sumsAndExponentialsGiveTheSameBitsCompiled() {
    float[] x = row();
    float[] y = row();
    float[] spare = new float[loops.lanes()];
    assertSameBits(
        () -> {
          float[] e = x.clone();
          float sum = loops.exponentials(e, 3, N, spare);
          e[0] = sum;
          e[1] = loops.dot(x, y, N, spare);
          e[2] = loops.max(x, N, spare);
          return e;
        });
  }

  @Test
  void productsGiveTheSameBitsCompiled() {
    ArrayTiles tiles = new ArrayTiles();
    float[] a = row();
    float[] b = row();
    assertSameBits(
        () -> {
          float[] c = new float[N];
          tiles.add(c, 0, 64, 16, 64, a, 0, 16, 1, b, 0, 64, 15);
          return c;
        });
  }

  @Test
  void roundsToBf16AndBack() {
    float[] x = row();
    x[0] = Float.NaN;
    x[1] = Float.NEGATIVE_INFINITY;
    x[2] = Float.MAX_VALUE;
    x[3] = Float.intBitsToFloat(0x3F808000); // a tie, to even
    x[4] = Float.intBitsToFloat(0x3F818000);
    float[] expected = new float[N];
    for (int i = 0; i < N; i++) {
      int bits = Float.floatToRawIntBits(x[i]);
      int rounded = bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000;
      expected[i] = Float.isNaN(x[i]) ? Float.NaN : Float.intBitsToFloat(rounded);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(2 * N);
      assertSameBits(
          () -> {
            float[] back = new float[N];
            loops.store(x, memory, DType.BF16, 0, N);
            loops.read(memory, DType.BF16, 0, back, N);
            assertArrayEquals(expected, back, 0f);
            return back;
          });
    }
  }

  @Test
  void drawsTheWordsOfPhilox() {
    float[] u = loops.uniforms(N).uniform(-7L, 0x9ABCDEF0, 3, -5, 4, 999);
    for (int i = 0; i < 999; i++) {
      assertEquals(Philox.uniform(Philox.word(-7L, 0x9ABCDEF0, 3, -5, 4L + i)), u[i]);
    }
  }
}
