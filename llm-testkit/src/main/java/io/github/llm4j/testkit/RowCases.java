package io.github.llm4j.testkit;

import io.github.llm4j.api.op.ArgMax;
import io.github.llm4j.api.op.ClipScale;
import io.github.llm4j.api.op.ColumnSum;
import io.github.llm4j.api.op.Cumsum;
import io.github.llm4j.api.op.MaxOf;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Softmax;
import io.github.llm4j.api.op.Sort;
import io.github.llm4j.api.op.SquaredNorm;
import io.github.llm4j.api.op.Sum;
import io.github.llm4j.api.op.TopK;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Ops that reduce, sort or normalize along an axis. */
final class RowCases {
  private static final double INF = Double.POSITIVE_INFINITY;

  private RowCases() {}

  static List<OpCase> of(Seeds seeds, DType type, int... sizes) {
    List<OpCase> cases = new ArrayList<>();
    for (int n : sizes) {
      Operand x = seeds.normal(type, 3, n);
      Operand block = seeds.normal(type, 2, n, 5);
      cases.add(OpCase.of(new Sum(-1), n, x));
      cases.add(OpCase.of(new Sum(0), 3, x));
      cases.add(OpCase.of(new Sum(1), n, block));
      cases.add(OpCase.of(new Sum(0), n, seeds.uniform(type, 0, 1, n)));
      cases.add(OpCase.of(new ColumnSum(), n, seeds.normal(type, n, 7)));
      cases.add(OpCase.of(new ColumnSum(), 6, seeds.normal(type, 2, 3, n)));
      cases.add(OpCase.of(new SquaredNorm(), n, seeds.normal(type, n)));
      cases.add(OpCase.of(new MaxOf(1), 0, block));
      cases.add(OpCase.of(new Softmax(), n + 16, x));
      cases.add(OpCase.of(new Cumsum(false), 0, seeds.integers(DType.I32, -5, 100, 2, n)));
      cases.add(OpCase.of(new Cumsum(true), 0, seeds.integers(DType.I32, 0, 2, 2, n)));
      cases.add(OpCase.of(new Cumsum(true), n, seeds.uniform(type, 0, 1, 2, n)));
      if (n > 0) {
        order(cases, seeds, type, n);
      }
    }
    if (type != DType.F64) {
      extremes(cases, seeds, type);
    }
    Operand squared = seeds.uniform(type, 0.1, 9, 1);
    cases.add(OpCase.of(new ClipScale(1), 1, squared));
    cases.add(OpCase.of(new ClipScale(100), 1, squared));
    cases.add(OpCase.of(new ClipScale(0), 1, squared));
    return cases;
  }

  @SuppressWarnings("ReferenceEquality") // one of two objects of this method
  private static void order(List<OpCase> cases, Seeds seeds, DType type, int n) {
    Operand distinct = seeds.normal(type, 3, n);
    Operand ties = seeds.of(type, new double[] {0, -0.0, 1, 2, INF, -INF}, 2, n);
    Operand integers = seeds.integers(DType.I32, 0, 10, 2, n);
    for (Operand x : List.of(distinct, ties, integers)) {
      for (Op op : List.of(new ArgMax(), new Sort(), new MaxOf(-1))) {
        cases.add(OpCase.of(op, 0, x));
      }
    }
    List<Operand> chosenFrom = // a tie has no gradient
        type == DType.F64 ? List.of(distinct) : List.of(distinct, ties);
    for (Operand x : chosenFrom) {
      for (int k : new int[] {1, (n + 1) / 2, n}) {
        cases.add(OpCase.of(new TopK(k), 0, x));
      }
    }
  }

  private static void extremes(List<OpCase> cases, Seeds seeds, DType type) {
    cases.add(OpCase.of(new Softmax(), 25, seeds.of(type, new double[] {-INF}, 2, 25)));
    cases.add(OpCase.of(new Softmax(), 25, seeds.of(type, new double[] {-INF, 0, 1}, 6, 25)));
    cases.add(OpCase.of(new Softmax(), 25, seeds.of(type, new double[] {-1e4, 1e4, 3}, 6, 25)));
    cases.add(OpCase.of(new MaxOf(-1), 0, seeds.of(type, new double[] {-INF}, 2, 25)));
    for (double squared : new double[] {0, INF, Double.NaN}) {
      cases.add(OpCase.of(new ClipScale(1), 1, Operand.of(TensorSpec.of(type, 1), squared)));
    }
  }
}
