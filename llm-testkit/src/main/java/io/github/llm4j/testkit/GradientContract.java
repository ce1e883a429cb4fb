package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Differentiable;
import io.github.llm4j.api.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every differentiable op of {@code api.op} keeps: its own vector-Jacobian product is the
 * derivative, and that of its decomposition. In F64 on the reference backend.
 */
public abstract class GradientContract {
  private static final int FEW = 200;

  @TestFactory
  final Stream<DynamicTest> ownGradientIsTheDerivative() {
    Seeds seeds = Seeds.fresh();
    try (Backend reference = Reference.open()) {
      Map<String, List<OpCase>> cases =
          new TreeMap<>(
              Cases.all(seeds, DType.F64, Expected.by(reference)).stream()
                  .filter(c -> c.op() instanceof Differentiable && c.elements() <= FEW)
                  .collect(Collectors.groupingBy(c -> c.op().name())));
      return cases.entrySet().stream()
          .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(seeds, e.getValue())));
    }
  }

  private static void check(Seeds seeds, List<OpCase> cases) {
    try (Backend reference = Reference.open()) {
      GradientCheck check = new GradientCheck(reference, seeds);
      cases.forEach(check::check);
    }
  }
}
