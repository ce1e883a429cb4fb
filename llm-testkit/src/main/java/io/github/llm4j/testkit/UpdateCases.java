package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Ops that overwrite operands. */
final class UpdateCases {
  private UpdateCases() {}

  static List<OpCase> of(Seeds seeds, DType type) {
    List<OpCase> cases = new ArrayList<>();
    DType wide = DType.wider(type, DType.F32);
    for (int n : Cases.SIZES) {
      for (boolean store : new boolean[] {false, true}) {
        Operand target = seeds.normal(wide, n);
        cases.add(OpCase.of(new Accumulate(store), 0, target, seeds.normal(wide, n)));
      }
      for (int finite : new int[] {1, 0}) {
        adamW(cases, seeds, wide, n, type == DType.BF16, finite);
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
    return cases;
  }

  private static void adamW(
      List<OpCase> cases, Seeds seeds, DType wide, int n, boolean copy, int finite) {
    List<AdamW.Span> spans =
        List.of(
            new AdamW.Span(0, n / 3, 0.1, 1),
            new AdamW.Span(n / 3, n / 2, 0, 0),
            new AdamW.Span(n / 2, n, 0, 0.5));
    List<Operand> in =
        new ArrayList<>(
            List.of(
                seeds.normal(wide, n),
                seeds.normal(wide, n),
                seeds.uniform(wide, 0.1, 1, n),
                seeds.normal(wide, n),
                Operand.of(TensorSpec.of(wide, 3), 0.01, 0.5, 0.25),
                Operand.of(TensorSpec.of(wide, 1), 0.7),
                Operand.of(TensorSpec.of(wide, 1), finite)));
    if (copy) {
      in.add(seeds.normal(DType.BF16, n));
    }
    AdamW op = new AdamW(0.9, 0.99, 1e-8, spans, copy);
    cases.add(OpCase.of(op, finite == 0 ? 0 : 1, in.toArray(Operand[]::new)));
  }
}
