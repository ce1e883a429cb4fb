package io.github.llm4j.backend.cpu.arrays;

import io.github.llm4j.backend.cpu.tile.Adam;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A step of AdamW over one tile. */
final class AdamTile {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private AdamTile() {}

  static void step(Adam arenas, Adam.Factors f, long from, int n, Scratch s) {
    long at = 4 * from;
    MemorySegment.copy(arenas.grad(), F32, at, s.a, 0, n);
    MemorySegment.copy(arenas.m(), F32, at, s.b, 0, n);
    MemorySegment.copy(arenas.v(), F32, at, s.c, 0, n);
    MemorySegment.copy(arenas.w(), F32, at, s.d, 0, n);
    moments(s.a, s.b, s.c, f.scale(), f.beta1(), f.rest1(), f.beta2(), f.rest2(), n);
    weights(s.b, s.c, s.d, f.c1(), f.c2(), f.eps(), f.rate(), f.decay(), n);
    MemorySegment.copy(s.b, 0, arenas.m(), F32, at, n);
    MemorySegment.copy(s.c, 0, arenas.v(), F32, at, n);
    MemorySegment.copy(s.d, 0, arenas.w(), F32, at, n);
    MemorySegment copy = arenas.copy();
    if (copy != null) {
      Halves.write(s.d, 0, copy, 2 * from, n, s);
    }
  }

  private static void moments(
      float[] grad,
      float[] m,
      float[] v,
      float scale,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      int n) {
    for (int i = 0; i < n; i++) {
      float g = grad[i] * scale;
      m[i] = m[i] * beta1 + g * rest1;
      v[i] = v[i] * beta2 + g * g * rest2;
    }
  }

  private static void weights(
      float[] m,
      float[] v,
      float[] w,
      float c1,
      float c2,
      float eps,
      float rate,
      float decay,
      int n) {
    for (int i = 0; i < n; i++) {
      float root = (float) Math.sqrt(v[i] * c2) + eps;
      w[i] = w[i] - (m[i] * c1 / root + w[i] * decay) * rate;
    }
  }
}
