package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Update;
import io.github.llm4j.api.tensor.DType;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The bits that a backend's kernels give, one line a case: {@code OPERANDS RESULTS CASE}, the first
 * two as hashes. All values that aren't a number count as the same.
 */
final class KernelBits {
  private static final long SEED = 1;

  private KernelBits() {}

  /** A case and the kernel for it. */
  private record Tried(OpCase tried, Kernel kernel) {}

  /**
   * The bits of small cases of some ops for which the backend has a kernel.
   *
   * @param operations how many elements the kernels work through before the runs that count, for
   *     each case; 0 to count the first runs
   */
  static List<String> of(
      Backend backend, List<DType> types, Predicate<Op> ops, long largest, int operations) {
    List<Tried> all = new ArrayList<>();
    Seeds seeds = Seeds.of(SEED, largest);
    Set<String> before = new HashSet<>(); // cases of integers alone come with each type
    for (DType type : types) {
      List<OpCase> cases =
          Cases.few(seeds, type, Expected.ones()).stream()
              .filter(c -> c.elements() <= largest && ops.test(c.op()))
              .filter(c -> !before.contains(c.toString()))
              .toList();
      cases.forEach(c -> before.add(c.toString()));
      for (OpCase tried : cases) {
        Optional<Kernel> kernel = backend.kernel(tried.op(), tried.specs());
        kernel.ifPresent(k -> all.add(new Tried(tried, k)));
      }
    }
    for (Tried each : all) { // all of them first: the compiler works beside them
      int times = operations / (16 + Math.toIntExact(each.tried.elements()));
      if (times > 0) {
        new Trial(backend, each.kernel, each.tried, i -> true).run(times);
      }
    }
    return all.stream().map(t -> line(backend, t.kernel, t.tried)).toList();
  }

  private static String line(Backend backend, Kernel kernel, OpCase tried) {
    long results = hash(new Trial(backend, kernel, tried, i -> true).run(1));
    for (int i = 0; i < tried.outputs().size() && !(tried.op() instanceof Update); i++) {
      if (kernel.accumulates(i)) {
        results = 31 * results + hash(accumulated(backend, kernel, tried, i));
      }
    }
    return "%016x %016x %s".formatted(hash(tried.inputs()), results, tried);
  }

  /** The results where one is added to ones. */
  private static List<Operand> accumulated(
      Backend backend, Kernel kernel, OpCase tried, int output) {
    DType type = tried.outputs().get(output).spec().dtype();
    int[] sizes = tried.outputs().get(output).spec().shape().sizes();
    Operand ones = Seeds.of(SEED).of(type, new double[] {1}, sizes);
    return new Trial(backend, kernel, tried, i -> true).addingTo(output, ones).run(1);
  }

  private static long hash(List<Operand> operands) {
    long hash = operands.size();
    for (Operand operand : operands) {
      if (operand.spec().dtype().isFloat()) {
        for (double value : operand.values()) {
          hash = mix(hash, Double.doubleToLongBits(value)); // one pattern for all NaNs
        }
      } else {
        for (byte value : operand.memory().toArray(ValueLayout.JAVA_BYTE)) {
          hash = mix(hash, value);
        }
      }
    }
    return hash;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0x100000001b3L;
    return mixed ^ (mixed >>> 29);
  }
}
