package io.github.llm4j.backend.cpu.vector;

import io.github.llm4j.api.op.Erf;
import io.github.llm4j.api.op.Exp;
import io.github.llm4j.api.op.Gelu;
import io.github.llm4j.api.op.GeluGrad;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.SwiGlu;
import io.github.llm4j.api.op.SwiGluGrad;
import io.github.llm4j.api.op.Tanh;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.backend.cpu.tile.Adam;
import io.github.llm4j.backend.cpu.tile.ElementLoop;
import io.github.llm4j.backend.cpu.tile.Loops;
import io.github.llm4j.backend.cpu.tile.PlainLoops;
import io.github.llm4j.backend.cpu.tile.Uniforms;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** Loops on the Vector API; only where {@link VectorProbe} found the module. */
public final class VectorLoops implements Loops {
  /** Loops of this machine's vectors. */
  public VectorLoops() {}

  @Override
  public int lanes() {
    return Lanes.N;
  }

  @Override
  public @Nullable ElementLoop element(Op op) {
    return switch (op) {
      case Exp exp -> ElementLoops::exp;
      case Tanh tanh -> ElementLoops::tanh;
      case Erf erf -> ElementLoops::erf;
      case Gelu gelu -> gelu.tanh() ? ElementLoops::geluTanh : ElementLoops::geluErf;
      case GeluGrad grad -> grad.tanh() ? ElementLoops::geluTanhGrad : ElementLoops::geluErfGrad;
      case SwiGlu swiGlu -> ElementLoops::swiGlu;
      case SwiGluGrad grad -> ElementLoops::swiGluGrad;
      default -> PlainLoops.of(op);
    };
  }

  @Override
  public void read(MemorySegment from, DType type, long at, float[] to, int n) {
    Tile.read(from, type, at, to, n);
  }

  @Override
  public void store(float[] from, MemorySegment to, DType type, long at, int n) {
    Tile.store(from, to, type, at, n);
  }

  @Override
  public float sum(float[] x, int n, float[] spare) {
    return Lanes.sum(x, n, spare);
  }

  @Override
  public float dot(float[] x, float[] y, int n, float[] spare) {
    return Lanes.dot(x, y, n, spare);
  }

  @Override
  public float max(float[] x, int n, float[] spare) {
    return Lanes.max(x, n, spare);
  }

  @Override
  public void addScaled(float[] y, float a, float[] x, int n) {
    Lanes.addScaled(y, a, x, n);
  }

  @Override
  public float exponentials(float[] x, float shift, int n, float[] spare) {
    FloatVector sum = FloatVector.zero(Lanes.F);
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector e = Functions.exp(FloatVector.fromArray(Lanes.F, x, i).sub(shift));
      e.intoArray(x, i);
      sum = sum.add(e);
    }
    return Lanes.sum(sum, spare);
  }

  @Override
  public void scaledExponentials(float[] x, float shift, float d, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      Functions.exp(FloatVector.fromArray(Lanes.F, x, i).sub(shift)).mul(d).intoArray(x, i);
    }
  }

  @Override
  public void normalise(
      float[] x,
      float centre,
      float rstd,
      float[] dy,
      float[] gain,
      float[] g,
      float[] dGain,
      int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector normed = FloatVector.fromArray(Lanes.F, x, i).sub(centre).mul(rstd);
      FloatVector d = FloatVector.fromArray(Lanes.F, dy, i);
      normed.intoArray(x, i);
      d.mul(FloatVector.fromArray(Lanes.F, gain, i)).intoArray(g, i);
      d.fma(normed, FloatVector.fromArray(Lanes.F, dGain, i)).intoArray(dGain, i);
    }
  }

  @Override
  public void add(MemorySegment x, MemorySegment y, long at, int n) {
    MemoryLoops.add(x, y, at, n);
  }

  @Override
  public void add(float[] x, MemorySegment y, long at, int n) {
    MemoryLoops.add(x, y, at, n);
  }

  @Override
  public float squares(MemorySegment x, long at, int n, float[] spare) {
    return MemoryLoops.squares(x, at, n, spare);
  }

  @Override
  public void adam(Adam arenas, Adam.Factors factors, long from, int n) {
    MemoryLoops.adam(arenas, factors, from, n);
  }

  @Override
  public Uniforms uniforms(int tile) {
    return new VectorPhilox(tile);
  }
}
