package io.github.llm4j.backend.cpu.vector;

import static java.nio.ByteOrder.nativeOrder;

import io.github.llm4j.backend.cpu.tile.Adam;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** Loops over arenas where they lie, without arrays between. */
final class MemoryLoops {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private MemoryLoops() {}

  static void add(MemorySegment x, MemorySegment y, long at, int n) {
    int i = 0;
    for (; i <= n - Lanes.N; i += Lanes.N) {
      long place = at + 4L * i;
      FloatVector sum = FloatVector.fromMemorySegment(Lanes.F, y, place, nativeOrder());
      sum.add(FloatVector.fromMemorySegment(Lanes.F, x, place, nativeOrder()))
          .intoMemorySegment(y, place, nativeOrder());
    }
    for (; i < n; i++) {
      long place = at + 4L * i;
      y.set(F32, place, y.get(F32, place) + x.get(F32, place));
    }
  }

  static void add(float[] x, MemorySegment y, long at, int n) {
    int i = 0;
    for (; i <= n - Lanes.N; i += Lanes.N) {
      FloatVector sum = FloatVector.fromMemorySegment(Lanes.F, y, at + 4L * i, nativeOrder());
      sum.add(FloatVector.fromArray(Lanes.F, x, i))
          .intoMemorySegment(y, at + 4L * i, nativeOrder());
    }
    for (; i < n; i++) {
      y.set(F32, at + 4L * i, y.get(F32, at + 4L * i) + x[i]);
    }
  }

  static float squares(MemorySegment x, long at, int n, float[] spare) {
    FloatVector a = FloatVector.zero(Lanes.F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i <= n - 4 * Lanes.N; i += 4 * Lanes.N) {
      a = square(x, at + 4L * i, a);
      b = square(x, at + 4L * (i + Lanes.N), b);
      c = square(x, at + 4L * (i + 2 * Lanes.N), c);
      d = square(x, at + 4L * (i + 3 * Lanes.N), d);
    }
    for (; i <= n - Lanes.N; i += Lanes.N) {
      a = square(x, at + 4L * i, a);
    }
    float sum = Lanes.sum(a.add(b).add(c.add(d)), spare);
    for (; i < n; i++) {
      float rest = x.get(F32, at + 4L * i);
      sum = Math.fma(rest, rest, sum);
    }
    return sum;
  }

  private static FloatVector square(MemorySegment x, long at, FloatVector sum) {
    FloatVector v = FloatVector.fromMemorySegment(Lanes.F, x, at, nativeOrder());
    return v.fma(v, sum);
  }

  static void adam(Adam arenas, Adam.Factors factors, long from, int n) {
    int i = 0;
    for (; i <= n - Lanes.N; i += Lanes.N) {
      vector(arenas, factors, 4 * (from + i));
    }
    for (; i < n; i++) {
      element(arenas, factors, 4 * (from + i));
    }
  }

  private static void vector(Adam a, Adam.Factors f, long at) {
    FloatVector g =
        FloatVector.fromMemorySegment(Lanes.F, a.grad(), at, nativeOrder()).mul(f.scale());
    FloatVector first =
        FloatVector.fromMemorySegment(Lanes.F, a.m(), at, nativeOrder())
            .mul(f.beta1())
            .add(g.mul(f.rest1()));
    FloatVector second =
        FloatVector.fromMemorySegment(Lanes.F, a.v(), at, nativeOrder())
            .mul(f.beta2())
            .add(g.mul(g).mul(f.rest2()));
    first.intoMemorySegment(a.m(), at, nativeOrder());
    second.intoMemorySegment(a.v(), at, nativeOrder());
    FloatVector root = second.mul(f.c2()).sqrt().add(f.eps());
    FloatVector old = FloatVector.fromMemorySegment(Lanes.F, a.w(), at, nativeOrder());
    FloatVector step = first.mul(f.c1()).div(root).add(old.mul(f.decay()));
    FloatVector fresh = old.sub(step.mul(f.rate()));
    fresh.intoMemorySegment(a.w(), at, nativeOrder());
    MemorySegment copy = a.copy();
    if (copy != null) {
      Tile.round(fresh).intoMemorySegment(copy, at / 2, nativeOrder());
    }
  }

  /** The same operations in the same order. */
  private static void element(Adam a, Adam.Factors f, long at) {
    float g = a.grad().get(F32, at) * f.scale();
    float first = a.m().get(F32, at) * f.beta1() + g * f.rest1();
    float second = a.v().get(F32, at) * f.beta2() + g * g * f.rest2();
    a.m().set(F32, at, first);
    a.v().set(F32, at, second);
    float root = (float) Math.sqrt(second * f.c2()) + f.eps();
    float old = a.w().get(F32, at);
    float step = first * f.c1() / root + old * f.decay();
    float fresh = old - step * f.rate();
    a.w().set(F32, at, fresh);
    MemorySegment copy = a.copy();
    if (copy != null) {
      copy.set(ValueLayout.JAVA_SHORT_UNALIGNED, at / 2, Tile.round(fresh));
    }
  }
}
