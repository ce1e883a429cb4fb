package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** Ops that overwrite operands. */
final class UpdateCases {
  private UpdateCases() {}

  static List<OpCase> of(Seeds seeds, DType type, int... sizes) {
    List<OpCase> cases = new ArrayList<>();
    DType wide = DType.wider(type, DType.F32);
    for (int n : sizes) {
      for (boolean store : new boolean[] {false, true}) {
        Operand target = seeds.normal(wide, n);
        cases.add(OpCase.of(new Accumulate(store), 0, target, seeds.normal(wide, n)));
      }
      for (int finite : new int[] {1, 0}) {
        cases.addAll(OptimizerCases.flat(seeds, wide, n, type == DType.BF16, finite));
      }
      Operand lengths = seeds.integers(DType.I32, 0, 5, 2);
      cases.add(
          OpCase.of(
              new CacheAppend(),
              0,
              seeds.normal(type, 2, 7, 3, n),
              seeds.normal(type, 2, 3, 3, n),
              lengths));
    }
    cases.addAll(OptimizerCases.matrices(seeds, wide, type));
    return cases;
  }
}
