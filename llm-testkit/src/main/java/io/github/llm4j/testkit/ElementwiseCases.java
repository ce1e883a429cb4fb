package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.Cast;
import io.github.llm4j.api.op.Compare;
import io.github.llm4j.api.op.Dropout;
import io.github.llm4j.api.op.Erf;
import io.github.llm4j.api.op.Exp;
import io.github.llm4j.api.op.Gelu;
import io.github.llm4j.api.op.GeluGrad;
import io.github.llm4j.api.op.Log;
import io.github.llm4j.api.op.Max;
import io.github.llm4j.api.op.Mul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Reciprocal;
import io.github.llm4j.api.op.Rsqrt;
import io.github.llm4j.api.op.Scale;
import io.github.llm4j.api.op.SwiGlu;
import io.github.llm4j.api.op.SwiGluGrad;
import io.github.llm4j.api.op.Tanh;
import io.github.llm4j.api.op.Where;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Ops whose element i depends on elements i alone. */
final class ElementwiseCases {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double[] EXTREMES = {
    0, -0.0, 1, -1, 1e-4, 30, -30, 88, -88, 1e4, -1e4, INF, -INF, Double.NaN
  };
  private static final double[] FINITE = {0, -0.0, 1, -1, 1e-4, 30, -30, 88, -88, 1e4, -1e4};
  private static final long CHAIN = 16; // fusions round at each of some steps
  private static final long SEED = 0x1234567890ABCDEFL;

  private final List<OpCase> cases = new ArrayList<>();
  private final Seeds seeds;
  private final DType type;

  private ElementwiseCases(Seeds seeds, DType type) {
    this.seeds = seeds;
    this.type = type;
  }

  static List<OpCase> of(Seeds seeds, DType type, int... sizes) {
    ElementwiseCases made = new ElementwiseCases(seeds, type);
    for (int n : sizes) {
      made.unary(n);
      made.binary(n);
      made.integers(n);
    }
    made.extremes();
    made.casts(sizes);
    return made.cases;
  }

  private void unary(int n) {
    Operand x = seeds.normal(type, n);
    Operand positive = seeds.uniform(type, 0.1, 9, n);
    for (Op op : List.of(new Exp(), new Tanh(), new Erf(), new Gelu(false), new Gelu(true))) {
      cases.add(OpCase.of(op, CHAIN, x));
    }
    for (Op op : List.of(new Log(), new Rsqrt(), new Reciprocal())) {
      cases.add(OpCase.of(op, 1, positive));
    }
    cases.add(OpCase.of(new Scale(-1.5, 0.25), 1, x));
    cases.add(OpCase.of(new Scale(-1, 0), 0, x));
    for (int rows : new int[] {1, 3}) {
      Operand block = seeds.normal(type, rows, n);
      Operand state = Operand.of(TensorSpec.of(DType.I64, 3), (double) (SEED >>> 12), 7, 1000);
      cases.add(OpCase.of(new Dropout(0.3f, 77), 1, block, state));
    }
  }

  private void binary(int n) {
    Operand a = seeds.normal(type, n);
    Operand b = seeds.normal(type, n);
    for (Op op : List.of(new Add(), new Mul(), new Max())) {
      cases.add(OpCase.of(op, 0, a, b));
    }
    for (Compare.Relation relation : Compare.Relation.values()) {
      Operand few = seeds.of(type, new double[] {-1, 0, 1, Double.NaN}, n);
      Operand others = seeds.of(type, new double[] {-1, -0.0, 1, Double.NaN}, n);
      cases.add(OpCase.of(new Compare(relation), 0, few, others));
    }
    Operand condition = seeds.of(DType.U8, new double[] {0, 1, 255}, n);
    cases.add(OpCase.of(new Where(), 0, condition, a, b));
    cases.add(OpCase.of(new SwiGlu(), CHAIN, a, b));
    Operand dy = seeds.normal(type, n);
    cases.add(OpCase.of(new SwiGluGrad(), CHAIN, a, b, dy).cancelling(1));
    cases.add(OpCase.of(new GeluGrad(false), CHAIN, a, dy).cancelling(1));
    cases.add(OpCase.of(new GeluGrad(true), CHAIN, a, dy).cancelling(1));
    if (type != DType.F64) { // F64 for gradients alone, which other types would blur
      Operand wide = seeds.normal(DType.F32, n);
      cases.add(OpCase.of(new Add(), 0, a, wide));
      cases.add(OpCase.of(new Mul(), 0, wide, b));
    }
  }

  private void integers(int n) {
    for (DType integer : List.of(DType.I32, DType.U8, DType.I64)) {
      Operand a = seeds.integers(integer, 0, 100, n);
      Operand b = seeds.integers(integer, 0, 100, n);
      for (Op op : List.of(new Add(), new Max(), new Compare(Compare.Relation.LESS))) {
        cases.add(OpCase.of(op, 0, a, b));
      }
      cases.add(OpCase.of(new Scale(2, 1), 0, a));
      cases.add(OpCase.of(new Where(), 0, seeds.integers(DType.U8, 0, 2, n), a, b));
    }
    Operand signed = seeds.integers(DType.I32, -1000, 1000, n);
    cases.add(OpCase.of(new Mul(), 0, signed, signed));
  }

  private void extremes() {
    if (type == DType.F64) {
      return; // no gradient is asked for at infinity
    }
    Operand x = Operand.of(TensorSpec.of(type, EXTREMES.length), EXTREMES);
    for (Op op : List.of(new Exp(), new Tanh(), new Erf(), new Log(), new Rsqrt())) {
      cases.add(OpCase.of(op, 1, x));
    }
    Operand other = seeds.of(type, EXTREMES, EXTREMES.length);
    for (Op op : List.of(new Add(), new Mul(), new Max())) {
      cases.add(OpCase.of(op, 0, x, other));
    }
    Operand finite = Operand.of(TensorSpec.of(type, FINITE.length), FINITE);
    Operand dy = seeds.normal(type, FINITE.length);
    for (boolean tanh : new boolean[] {false, true}) {
      cases.add(OpCase.of(new Gelu(tanh), CHAIN, finite));
      cases.add(OpCase.of(new GeluGrad(tanh), CHAIN, finite, dy).cancelling(1));
    }
    cases.add(OpCase.of(new SwiGlu(), CHAIN, finite, dy));
    cases.add(OpCase.of(new SwiGluGrad(), CHAIN, finite, dy, dy).cancelling(1));
  }

  private void casts(int... sizes) {
    if (type == DType.F64) {
      cases.add(OpCase.of(new Cast(DType.F64), 0, seeds.normal(type, 6)));
      return;
    }
    for (int n : sizes) {
      Operand x = seeds.uniform(type, -100, 100, n);
      for (DType to : List.of(DType.F32, DType.BF16, DType.F16, DType.I32, DType.I64, DType.F64)) {
        cases.add(OpCase.of(new Cast(to), 0, x));
      }
      cases.add(OpCase.of(new Cast(type), 0, seeds.integers(DType.I32, -100, 100, n)));
      cases.add(OpCase.of(new Cast(type), 0, seeds.integers(DType.U8, 0, 256, n)));
    }
    Operand extremes = Operand.of(TensorSpec.of(type, EXTREMES.length), EXTREMES);
    cases.add(OpCase.of(new Cast(DType.BF16), 0, extremes));
    cases.add(OpCase.of(new Cast(DType.F32), 0, extremes));
    Operand ties = // bf16 has 8 significant bits: halfway, to even below and above
        Operand.of(TensorSpec.of(DType.F32, 4), 1 + 0x1p-8, 1 + 0x3p-8, 3.4e38, -(1 + 0x1p-8));
    cases.add(OpCase.of(new Cast(DType.BF16), 0, ties));
  }
}
