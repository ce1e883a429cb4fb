package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every backend keeps: its kernels give what the op's decomposition gives in F64 on the
 * reference backend, within {@link Tolerance}; they leave out what is not wanted, add where they
 * say they can, overwrite operands where they say they can, and touch nothing else.
 *
 * <p>A subclass says how to open the backend. The reference is found by its type {@code reference},
 * so llm-backend-cpu has to be on the test's class path.
 */
public abstract class BackendContract {

  /** Opens the backend under test; the contract closes it. */
  protected abstract Backend open();

  /** Opens the reference backend; the contract closes it. */
  protected Backend openReference() {
    return Reference.open();
  }

  /** Types of the floats that are tried. */
  protected List<DType> types() {
    return List.of(DType.F32, DType.BF16);
  }

  @TestFactory
  final Stream<DynamicTest> giveWhatTheReferenceGives() {
    Seeds seeds = Seeds.fresh();
    return types().stream().flatMap(type -> tests(seeds, type));
  }

  private Stream<DynamicTest> tests(Seeds seeds, DType type) {
    Map<String, List<OpCase>> byName = new TreeMap<>(cases(seeds, type));
    return byName.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey() + " " + type, () -> checkAll(seeds, entry.getValue())));
  }

  private Map<String, List<OpCase>> cases(Seeds seeds, DType type) {
    try (Backend reference = openReference()) {
      return Cases.all(seeds, type, Expected.by(reference)).stream()
          .collect(Collectors.groupingBy(c -> c.op().name()));
    }
  }

  private void checkAll(Seeds seeds, List<OpCase> cases) {
    try (Backend backend = open();
        Backend reference = openReference()) {
      for (OpCase tried : cases) {
        try {
          new KernelCheck(backend, tried, Expected.by(reference), seeds).check();
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(tried + " (" + seeds + "): " + e.getMessage(), e);
        }
      }
    }
  }

  @Test
  final void everyOpIsTried() {
    Map<String, List<OpCase>> cases = cases(Seeds.fresh(), DType.F32);
    List<String> missing =
        OpClasses.names().stream().filter(name -> !cases.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new AssertionError("a case for every op expected, found none for " + missing);
    }
  }

  @Test
  final void everyPrimitiveHasAKernel() {
    try (Backend backend = open()) {
      for (List<OpCase> cases : cases(Seeds.fresh(), DType.F32).values()) {
        OpCase tried = cases.get(0);
        boolean primitive = !(tried.op() instanceof Decomposable);
        if (primitive && backend.kernel(tried.op(), tried.specs()).isEmpty()) {
          throw new AssertionError(tried + ": a kernel expected, found none");
        }
      }
    }
  }

  @Test
  final void memoryIsZeroedAlignedAndCopied() {
    try (Backend backend = open()) {
      for (int n : Cases.SIZES) {
        Operand zeros = Operand.of(TensorSpec.of(DType.F32, n), new double[n]);
        Operand written = Seeds.fresh().normal(DType.F32, n);
        Operand read = Seeds.fresh().normal(DType.F32, n);
        MemorySegment memory = backend.allocate(4L * n);
        if (memory.address() % 64 != 0 || memory.byteSize() != 4L * n) {
          throw new AssertionError(n + " floats: memory aligned to 64 expected, found " + memory);
        }
        backend.download(memory, read.memory());
        if (read.memory().mismatch(zeros.memory()) >= 0) {
          throw new AssertionError(n + " floats: zeros expected, found others");
        }
        backend.upload(written.memory(), memory);
        backend.download(memory, read.memory());
        if (read.memory().mismatch(written.memory()) >= 0) {
          throw new AssertionError(n + " floats: what was uploaded expected, found others");
        }
      }
    }
  }
}
