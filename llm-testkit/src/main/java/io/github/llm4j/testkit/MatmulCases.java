package io.github.llm4j.testkit;

import io.github.llm4j.api.op.GroupedMatmul;
import io.github.llm4j.api.op.GroupedOuter;
import io.github.llm4j.api.op.Linear;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Products. */
final class MatmulCases {
  private static final int[][] SIZES = { // M, K, N
    {1, 1, 1},
    {4, 6, 13},
    {6, 4, 1},
    {1, 13, 4},
    {25, 207, 6},
    {13, 702, 25},
    {6, 25, 207},
    {1, 1024, 13},
    {13, 4, 702},
    {207, 25, 13},
    {67, 130, 66},
    {0, 4, 6},
    {4, 0, 6},
    {4, 6, 0}
  };

  private MatmulCases() {}

  static List<OpCase> of(Seeds seeds, DType type) {
    List<OpCase> cases = new ArrayList<>();
    List<DType> outs = type == DType.BF16 ? List.of(type, DType.F32) : List.of(type);
    for (int[] size : SIZES) {
      for (DType out : outs) {
        products(cases, seeds, type, out, size[0], size[1], size[2]);
        linears(cases, seeds, type, out, size[0], size[1], size[2]);
      }
    }
    for (DType out : outs) {
      for (int width : new int[] {32, 1024}) {
        Operand weight = CopyCases.blocks(seeds, 13, width);
        Operand x = seeds.normal(type, 6, width);
        Operand one = seeds.normal(type, 1, width);
        Operand bias = seeds.normal(type, 13);
        Linear plain = new Linear(false, out);
        Linear biased = new Linear(true, out);
        cases.add(OpCase.of(plain, width, x, weight).differentiated(0).rounding(type));
        cases.add(OpCase.of(biased, width, one, weight, bias).differentiated(0, 2).rounding(type));
      }
      grouped(cases, seeds, type, out);
    }
    return cases;
  }

  private static void products(
      List<OpCase> cases, Seeds seeds, DType type, DType out, int m, int k, int n) {
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        Matmul op = new Matmul(ta, tb, out);
        Operand a = ta ? seeds.normal(type, k, m) : seeds.normal(type, m, k);
        Operand b = tb ? seeds.normal(type, n, k) : seeds.normal(type, k, n);
        cases.add(OpCase.of(op, k + 1, a, b).cancelling(1));
        if (m * k * n < 10_000) {
          Operand as = ta ? seeds.normal(type, 2, 3, k, m) : seeds.normal(type, 2, 3, m, k);
          Operand bs = tb ? seeds.normal(type, 2, 3, n, k) : seeds.normal(type, 2, 3, k, n);
          cases.add(OpCase.of(op, k + 1, as, bs).cancelling(1));
        }
      }
    }
  }

  private static void linears(
      List<OpCase> cases, Seeds seeds, DType type, DType out, int m, int k, int n) {
    Operand x = seeds.normal(type, m, k);
    Operand weight = seeds.normal(type, n, k);
    cases.add(OpCase.of(new Linear(false, out), k + 1, x, weight).cancelling(1));
    cases.add(
        OpCase.of(new Linear(true, out), k + 1, x, weight, seeds.normal(type, n)).cancelling(1));
    cases.add(
        OpCase.of(
                new Linear(true, out),
                k + 1,
                seeds.normal(type, 1, m, k),
                weight,
                seeds.normal(type == DType.F64 ? type : DType.F32, n))
            .cancelling(1));
  }

  private static void grouped(List<OpCase> cases, Seeds seeds, DType type, DType out) {
    int[][] all = {{0, 4, 4, 11, 13}, {0, 0, 0, 0, 0}, {2, 3, 9, 9, 12}, {0, 13, 13, 13, 13}};
    for (int[] places : all) {
      double[] values = Arrays.stream(places).asDoubleStream().toArray();
      Operand offsets = Operand.of(TensorSpec.of(DType.I32, 5), values);
      Operand x = seeds.normal(type, 13, 25);
      GroupedMatmul plain = new GroupedMatmul(false, out);
      cases.add(OpCase.of(plain, 25, x, seeds.normal(type, 4, 6, 25), offsets));
      GroupedMatmul transposed = new GroupedMatmul(true, out);
      cases.add(OpCase.of(transposed, 25, x, seeds.normal(type, 4, 25, 6), offsets));
      cases.add(OpCase.of(new GroupedOuter(), 13, x, seeds.normal(type, 13, 6), offsets));
    }
  }
}
