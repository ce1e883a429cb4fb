package io.github.llm4j.testkit;

import io.github.llm4j.api.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Operands for every op of {@code api.op}: awkward sizes, empty tensors, extreme values, all flags.
 */
final class Cases {
  /** Around vector widths, tiles and unrollings. */
  static final int[] SIZES = {0, 1, 4, 6, 13, 25, 207, 702, 1024, 4098};

  private Cases() {}

  /**
   * All cases whose floats are of one type.
   *
   * @param expected computes what gradient ops read of forward ops
   */
  static List<OpCase> all(Seeds seeds, DType type, Expected expected) {
    List<OpCase> cases = new ArrayList<>();
    cases.addAll(ElementwiseCases.of(seeds, type));
    cases.addAll(CopyCases.of(seeds, type));
    cases.addAll(RowCases.of(seeds, type));
    cases.addAll(MatmulCases.of(seeds, type));
    cases.addAll(NormCases.of(seeds, type, expected));
    cases.addAll(LossCases.of(seeds, type, expected));
    cases.addAll(AttentionCases.of(seeds, type, expected));
    cases.addAll(UpdateCases.of(seeds, type));
    return cases;
  }
}
