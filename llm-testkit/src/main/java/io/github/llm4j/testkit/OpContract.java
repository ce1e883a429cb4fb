package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.op.Differentiable;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.runtime.composition.Workplace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a plugin's ops keep: they compute what their decompositions give in F64 on the reference
 * backend, within {@link Tolerance}; their own vector-Jacobian products are the derivatives, and
 * those of the decompositions; and their kernels, if there are some, touch nothing else, do what
 * they say they can, and give the same bits with any number of threads.
 *
 * <p>A subclass gives the cases. Kernels are found by ServiceLoader, as in a run; backends too, so
 * llm-backend-cpu has to be on the test's class path.
 */
public abstract class OpContract {
  private static final int FEW = 200;

  /** Cases whose floats are of one type, of awkward sizes. */
  protected abstract List<OpCase> cases(Seeds seeds, DType type);

  /** Sizes around vector widths, tiles and unrollings, 0 among them. */
  protected static int[] awkwardSizes() {
    return Cases.SIZES.clone();
  }

  /** Backend that is tried. */
  protected String backend() {
    return "cpu";
  }

  /** Types of the floats that are tried. */
  protected List<DType> types() {
    return List.of(DType.F32, DType.BF16);
  }

  /** Types for which each op must have a kernel; none unless overridden. */
  protected List<DType> kernelTypes() {
    return List.of();
  }

  @TestFactory
  final Stream<DynamicTest> givesWhatItsDecompositionGives() {
    Seeds seeds = Seeds.fresh();
    return types().stream()
        .flatMap(type -> tests(type.toString(), cases(seeds, type), all -> checkAll(all, seeds)));
  }

  private static Stream<DynamicTest> tests(
      String type, List<OpCase> cases, Consumer<List<OpCase>> check) {
    Map<String, List<OpCase>> byName =
        new TreeMap<>(cases.stream().collect(Collectors.groupingBy(c -> c.op().name())));
    return byName.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(e.getKey() + " " + type, () -> check.accept(e.getValue())));
  }

  private void checkAll(List<OpCase> cases, Seeds seeds) {
    try (Workplace workplace = Workplaces.open(backend(), 2);
        Backend reference = Reference.open()) {
      for (OpCase tried : cases) {
        try {
          new KernelCheck(workplace.backend(), tried, Expected.by(reference), seeds).check();
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(tried + " (" + seeds + "): " + e.getMessage(), e);
        }
      }
    }
  }

  @TestFactory
  final Stream<DynamicTest> ownGradientIsTheDerivative() {
    Seeds seeds = Seeds.fresh();
    List<OpCase> small =
        cases(seeds, DType.F64).stream()
            .filter(c -> c.op() instanceof Differentiable && c.elements() <= FEW)
            .toList();
    return tests("F64", small, all -> checkGradients(all, seeds));
  }

  private static void checkGradients(List<OpCase> cases, Seeds seeds) {
    try (Backend reference = Reference.open()) {
      GradientCheck check = new GradientCheck(reference, seeds);
      cases.forEach(check::check);
    }
  }

  @TestFactory
  final Stream<DynamicTest> anyNumberOfThreadsGivesTheSameBits() {
    return kernelTypes().stream()
        .flatMap(type -> tests(type.toString(), cases(Seeds.fresh(), type), this::checkThreads));
  }

  private void checkThreads(List<OpCase> cases) {
    try (Workplace alone = Workplaces.open(backend(), 1);
        Workplace shared = Workplaces.open(backend(), 3)) {
      for (OpCase tried : cases) {
        List<Operand> expected = run(tried, alone.backend());
        List<Operand> found = run(tried, shared.backend());
        for (int i = 0; i < expected.size(); i++) {
          if (expected.get(i).memory().mismatch(found.get(i).memory()) >= 0) {
            throw new AssertionError(
                "%s: output %d: the bits of one thread expected with three, found others"
                    .formatted(tried, i));
          }
        }
      }
    }
  }

  private List<Operand> run(OpCase tried, Backend backend) {
    Kernel kernel =
        backend
            .kernel(tried.op(), tried.specs())
            .orElseThrow(
                () ->
                    new AssertionError(
                        "%s: a kernel on backend '%s' expected, found none. Name its provider in META-INF/services/%s."
                            .formatted(tried, backend(), KernelProvider.class.getName())));
    return new Trial(backend, kernel, tried, i -> true).run(1);
  }
}
