package io.github.llm4j.backend.cpu.vector;

import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import io.github.llm4j.api.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** A run of elements in memory, F32 or BF16, to and from an array of floats. */
final class Tile {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfShort BF16 = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Tile() {}

  /** Reads {@code n} elements from the {@code at}-th on. */
  static void read(MemorySegment from, DType type, long at, float[] to, int n) {
    if (type == DType.F32) {
      MemorySegment.copy(from, F32, at * 4, to, 0, n);
    } else {
      widen(from, at * 2, to, n);
    }
  }

  /** Writes {@code n} elements from the {@code at}-th on. */
  static void store(float[] from, MemorySegment to, DType type, long at, int n) {
    if (type == DType.F32) {
      MemorySegment.copy(from, 0, to, F32, at * 4, n);
    } else {
      round(from, to, at * 2, n);
    }
  }

  private static void widen(MemorySegment from, long at, float[] to, int n) {
    int i = 0;
    for (; i <= n - Lanes.N; i += Lanes.N) {
      ShortVector half = ShortVector.fromMemorySegment(Lanes.H, from, at + 2L * i, ORDER);
      widen(half).intoArray(to, i);
    }
    for (; i < n; i++) {
      to[i] = Float.intBitsToFloat(from.get(BF16, at + 2L * i) << 16);
    }
  }

  static FloatVector widen(ShortVector half) {
    IntVector bits = (IntVector) half.convertShape(ZERO_EXTEND_S2I, Lanes.I, 0);
    return bits.lanewise(LSHL, 16).reinterpretAsFloats();
  }

  private static void round(float[] from, MemorySegment to, long at, int n) {
    int i = 0;
    for (; i <= n - Lanes.N; i += Lanes.N) {
      round(FloatVector.fromArray(Lanes.F, from, i)).intoMemorySegment(to, at + 2L * i, ORDER);
    }
    for (; i < n; i++) {
      to.set(BF16, at + 2L * i, round(from[i]));
    }
  }

  /** To nearest, ties to even; what is no number stays none. */
  static ShortVector round(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector odd = bits.lanewise(LSHR, 16).and(1);
    IntVector rounded = bits.add(0x7FFF).add(odd).lanewise(LSHR, 16);
    VectorMask<Integer> nan = x.test(VectorOperators.IS_NAN).cast(Lanes.I);
    IntVector quiet = bits.lanewise(LSHR, 16).or(0x40);
    return (ShortVector) rounded.blend(quiet, nan).convertShape(I2S, Lanes.H, 0);
  }

  static short round(float x) {
    int bits = Float.floatToRawIntBits(x);
    if (Float.isNaN(x)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
  }
}
