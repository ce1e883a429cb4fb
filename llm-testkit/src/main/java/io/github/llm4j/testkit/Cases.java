package io.github.llm4j.testkit;

import io.github.llm4j.api.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Operands for every op of {@code api.op}: awkward sizes, empty tensors, extreme values, all flags.
 */
final class Cases {
  /** Around vector widths, tiles and unrollings. */
  static final int[] SIZES = {0, 1, 4, 6, 13, 25, 207, 702, 1024, 4098};

  /** One, a little less and a little more than a vector of 16, several tiles. */
  private static final int[] FEW = {0, 1, 13, 25, 207};

  private Cases() {}

  /**
   * All cases whose floats are of one type.
   *
   * @param expected computes what gradient ops read of forward ops
   */
  static List<OpCase> all(Seeds seeds, DType type, Expected expected) {
    return of(seeds, type, expected, () -> AttentionCases.of(seeds, type, expected), SIZES);
  }

  /**
   * Every op and flag as in {@link #all}, but in few sizes, and flags of attention in pairs: for
   * tests that can't wait for all.
   */
  static List<OpCase> few(Seeds seeds, DType type, Expected expected) {
    return of(seeds, type, expected, () -> AttentionCases.few(seeds, type, expected), FEW);
  }

  private static List<OpCase> of(
      Seeds seeds, DType type, Expected expected, Supplier<List<OpCase>> attention, int... sizes) {
    List<OpCase> cases = new ArrayList<>();
    cases.addAll(ElementwiseCases.of(seeds, type, sizes));
    cases.addAll(CopyCases.of(seeds, type, sizes));
    cases.addAll(RowCases.of(seeds, type, sizes));
    cases.addAll(MatmulCases.of(seeds, type));
    cases.addAll(NormCases.of(seeds, type, expected, sizes));
    cases.addAll(LossCases.of(seeds, type, expected, sizes));
    cases.addAll(attention.get());
    cases.addAll(UpdateCases.of(seeds, type, sizes));
    return cases;
  }
}
