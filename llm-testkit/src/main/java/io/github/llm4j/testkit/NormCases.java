package io.github.llm4j.testkit;

import io.github.llm4j.api.op.LayerNorm;
import io.github.llm4j.api.op.LayerNormGrad;
import io.github.llm4j.api.op.ResidualNorm;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.op.RmsNormGrad;
import io.github.llm4j.api.op.Rope;
import io.github.llm4j.api.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** Normalizations and rotary positions. */
final class NormCases {
  private static final long CHAIN = 16; // each element is rounded at some steps
  private static final float EPS = 1e-5f;

  private final List<OpCase> cases = new ArrayList<>();
  private final Seeds seeds;
  private final DType type;
  private final DType wide;
  private final Expected expected;

  private NormCases(Seeds seeds, DType type, Expected expected) {
    this.seeds = seeds;
    this.type = type;
    this.wide = DType.wider(type, DType.F32);
    this.expected = expected;
  }

  static List<OpCase> of(Seeds seeds, DType type, Expected expected, int... sizes) {
    NormCases made = new NormCases(seeds, type, expected);
    for (int n : sizes) {
      if (n > 0) {
        made.norms(n, 3, made.wide, made.type);
        made.rope(n);
      }
    }
    made.norms(6, 0, made.wide, made.type);
    made.norms(25, 207, made.wide, made.type);
    made.norms(13, 4, made.type, made.type);
    if (type != DType.F64) {
      made.norms(25, 4, made.wide, DType.BF16);
      made.norms(25, 4, made.wide, DType.F32);
    }
    return made.cases;
  }

  private void norms(int width, int rows, DType weights, DType out) {
    Operand x = seeds.normal(type, rows, width);
    Operand weight = seeds.normal(weights, width);
    Operand bias = seeds.normal(weights, width);
    Operand dy = seeds.normal(out, rows, width);
    LayerNorm layer = new LayerNorm(EPS, true, out);
    cases.add(OpCase.of(layer, width + CHAIN, x, weight, bias));
    cases.add(OpCase.of(new LayerNorm(EPS, false, out), width + CHAIN, x, weight));
    RmsNorm rms = new RmsNorm(EPS, out);
    cases.add(OpCase.of(rms, width + CHAIN, x, weight));
    Operand stream = seeds.normal(wide, rows, width); // the sum is kept in it, unrounded
    cases.add(
        OpCase.of(new ResidualNorm(layer), width + CHAIN, stream, x, weight, bias).cancelling(1));
    cases.add(OpCase.of(new ResidualNorm(rms), width + CHAIN, stream, x, weight).cancelling(1));
    if (width > 1) { // one element is its own mean: all that is left is noise
      Operand mean = expected.of(layer, List.of(x, weight, bias), 1, wide);
      Operand rstd = expected.of(layer, List.of(x, weight, bias), 2, wide);
      long terms = Math.max(width, rows) + CHAIN;
      cases.add(OpCase.of(new LayerNormGrad(), terms, x, weight, mean, rstd, dy).cancelling(1));
      Operand root = expected.of(rms, List.of(x, weight), 1, wide);
      cases.add(OpCase.of(new RmsNormGrad(), terms, x, weight, root, dy).cancelling(1));
    }
  }

  private void rope(int n) {
    int places = 9;
    for (int rotated : new int[] {2 * n, n + n % 2}) { // all of a head, and a part of it
      Operand x = seeds.normal(type, 2, 3, 2, 2 * n);
      Operand cos = seeds.uniform(wide, -1, 1, places, rotated / 2);
      Operand sin = seeds.uniform(wide, -1, 1, places, rotated / 2);
      Operand positions = seeds.integers(DType.I32, 0, places, 2, 3);
      for (boolean inverse : new boolean[] {false, true}) {
        cases.add(OpCase.of(new Rope(inverse), CHAIN, x, cos, sin, positions).differentiated(0));
      }
    }
  }
}
