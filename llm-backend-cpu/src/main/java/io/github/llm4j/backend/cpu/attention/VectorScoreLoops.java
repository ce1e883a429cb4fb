package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.backend.cpu.product.VectorTiles;
import io.github.llm4j.backend.cpu.tile.Uniforms;
import io.github.llm4j.backend.cpu.vector.VectorPhilox;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Rows of scores by the Vector API. */
public final class VectorScoreLoops implements ScoreLoops {
  private final float[] lanes = new float[VectorTiles.LANES];

  /** Loops of this machine's vectors. */
  public VectorScoreLoops() {}

  @Override
  public float highest(float[] x, int at, int n, float least) {
    FloatVector highest = FloatVector.broadcast(VectorTiles.SPECIES, least);
    for (int j = 0; j < n; j += VectorTiles.LANES) {
      highest = highest.max(FloatVector.fromArray(VectorTiles.SPECIES, x, at + j));
    }
    highest.intoArray(lanes, 0);
    float max = lanes[0];
    for (int j = 1; j < VectorTiles.LANES; j++) {
      max = Math.max(max, lanes[j]);
    }
    return max;
  }

  @Override
  public float exponentials(float[] x, int at, int n, float shift) {
    FloatVector total = FloatVector.zero(VectorTiles.SPECIES);
    for (int j = 0; j < n; j += VectorTiles.LANES) {
      FloatVector p = exp(FloatVector.fromArray(VectorTiles.SPECIES, x, at + j).sub(shift));
      p.intoArray(x, at + j);
      total = total.add(p);
    }
    return tree(total);
  }

  /** Sum of all lanes in a fixed order. */
  private float tree(FloatVector vector) {
    vector.intoArray(lanes, 0);
    for (int half = VectorTiles.LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
    return lanes[0];
  }

  @Override
  public void scale(float[] x, int at, int n, float factor) {
    for (int j = 0; j < n; j += VectorTiles.LANES) {
      FloatVector.fromArray(VectorTiles.SPECIES, x, at + j).mul(factor).intoArray(x, at + j);
    }
  }

  @Override
  public void gradients(float[] p, float[] d, int at, int n, float shift, float delta) {
    for (int j = 0; j < n; j += VectorTiles.LANES) {
      FloatVector weight = exp(FloatVector.fromArray(VectorTiles.SPECIES, p, at + j).sub(shift));
      FloatVector dp = FloatVector.fromArray(VectorTiles.SPECIES, d, at + j);
      weight.mul(dp.sub(delta)).intoArray(d, at + j);
      weight.intoArray(p, at + j);
    }
  }

  /** {@link Exponential} of all lanes. */
  private static FloatVector exp(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Exponential.LEAST);
    FloatVector safe = x.blend(Exponential.LEAST, tiny);
    FloatVector shifted = safe.mul(Exponential.LOG2E).add(Exponential.ROUND);
    FloatVector n = shifted.sub(Exponential.ROUND);
    FloatVector r = n.fma(broadcast(-Exponential.LN2_HIGH), safe);
    r = n.fma(broadcast(-Exponential.LN2_LOW), r);
    FloatVector p = r.fma(broadcast(Exponential.P0), broadcast(Exponential.P1));
    p = p.fma(r, broadcast(Exponential.P2));
    p = p.fma(r, broadcast(Exponential.P3));
    p = p.fma(r, broadcast(Exponential.P4));
    p = p.fma(r, broadcast(Exponential.P5));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector exponent = shifted.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
    return p.mul(exponent.reinterpretAsFloats()).blend(0f, tiny);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(VectorTiles.SPECIES, value);
  }

  @Override
  public Uniforms uniforms(int tile) {
    return new VectorPhilox(tile);
  }
}
