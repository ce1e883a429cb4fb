package io.github.llm4j.testkit;

import io.github.llm4j.api.op.CrossEntropy;
import io.github.llm4j.api.op.CrossEntropyGrad;
import io.github.llm4j.api.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** Cross-entropy. */
final class LossCases {
  private static final long CHAIN = 16; // each element is rounded at some steps

  private LossCases() {}

  static List<OpCase> of(Seeds seeds, DType type, Expected expected, int... sizes) {
    List<OpCase> cases = new ArrayList<>();
    DType wide = DType.wider(type, DType.F32);
    for (int n : sizes) {
      if (n > 0) {
        for (int rows : new int[] {0, 1, 6}) {
          add(cases, seeds, seeds.normal(type, rows, n), wide, expected);
        }
      }
    }
    if (type != DType.F64) {
      add(cases, seeds, seeds.of(type, new double[] {-1e4, 0, 1e4}, 6, 13), wide, expected);
    }
    return cases;
  }

  private static void add(
      List<OpCase> cases, Seeds seeds, Operand logits, DType wide, Expected expected) {
    int rows = logits.spec().shape().size(0);
    int n = logits.spec().shape().size(1);
    Operand targets = seeds.integers(DType.I32, -1, n, rows);
    cases.add(OpCase.of(new CrossEntropy(), n + CHAIN, logits, targets).cancelling(1));
    Operand lse = expected.of(new CrossEntropy(), List.of(logits, targets), 1, wide);
    Operand dy = seeds.normal(wide, rows);
    cases.add(OpCase.of(new CrossEntropyGrad(), n + CHAIN, logits, targets, lse, dy).cancelling(1));
  }
}
