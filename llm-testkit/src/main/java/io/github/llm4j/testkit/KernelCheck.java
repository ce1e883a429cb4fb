package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.op.Update;
import io.github.llm4j.api.tensor.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Checks all that one kernel promises, on one case. */
final class KernelCheck {
  private final Backend backend;
  private final OpCase tried;
  private final Seeds seeds;
  private final List<Output> declared;
  private final List<Operand> expected;

  KernelCheck(Backend backend, OpCase tried, Expected reference, Seeds seeds) {
    this.backend = backend;
    this.tried = tried;
    this.seeds = seeds;
    this.declared = tried.outputs();
    this.expected = reference.of(tried.op(), tried.inputs());
  }

  void check() {
    Optional<Kernel> found = backend.kernel(tried.op(), tried.specs());
    if (found.isEmpty() && tried.op() instanceof Decomposable) {
      compare("decomposed", new TrialOps(backend).run(tried.op(), tried.inputs()), i -> true);
      return;
    }
    Kernel kernel =
        found.orElseThrow(() -> new AssertionError("a kernel for a primitive expected"));
    Trial whole = new Trial(backend, kernel, tried, i -> true);
    boolean update = tried.op() instanceof Update;
    List<Operand> results = whole.run(update ? 1 : 2);
    whole.checkInputs();
    compare("all outputs", results, i -> true);
    if (!update) {
      unwanted(kernel);
      accumulated(kernel);
      inPlace(kernel, results);
    }
  }

  private void compare(String how, List<Operand> results, IntPredicate outputs) {
    for (int i = 0; i < results.size(); i++) {
      if (!results.get(i).spec().equals(declared.get(i).spec())) {
        throw new AssertionError(
            "%s, output %d: %s expected, found %s"
                .formatted(how, i, declared.get(i).spec(), results.get(i).spec()));
      }
      if (outputs.test(i)) {
        Tolerance.check(
            how + ", output " + i,
            declared.get(i).spec(),
            expected.get(i).values(),
            results.get(i).values(),
            tried,
            0);
      }
    }
  }

  /** Each output alone, as plans want them. */
  private void unwanted(Kernel kernel) {
    for (int i = 0; declared.size() > 1 && i < declared.size(); i++) {
      int only = i;
      List<Operand> results = new Trial(backend, kernel, tried, o -> o == only).run(1);
      compare("this output alone", results, o -> o == only);
    }
  }

  private void accumulated(Kernel kernel) {
    for (int i = 0; i < declared.size(); i++) {
      if (kernel.accumulates(i)) {
        int to = i;
        int[] sizes = declared.get(i).spec().shape().sizes();
        Operand before = seeds.normal(declared.get(i).spec().dtype(), sizes);
        double[] sum = expected.get(i).values();
        double[] added = before.values();
        for (int e = 0; e < sum.length; e++) {
          sum[e] += added[e];
        }
        Trial trial = new Trial(backend, kernel, tried, o -> true).addingTo(i, before);
        Operand result = trial.run(1).get(to);
        // what was there may cancel what is added, which was rounded before or after
        DType type = declared.get(i).spec().dtype();
        double ratio = Tolerance.eps(type) / Tolerance.eps(DType.wider(type, DType.F32));
        double size = Tolerance.typical(expected.get(i).values()) + Tolerance.typical(added);
        Tolerance.check(
            "added to output " + i,
            declared.get(i).spec(),
            sum,
            result.values(),
            tried.cancelling(Math.max(tried.magnitude(), size * ratio)),
            1);
      }
    }
  }

  private void inPlace(Kernel kernel, List<Operand> results) {
    for (int o = 0; o < declared.size(); o++) {
      for (int i = 0; i < tried.inputs().size(); i++) {
        boolean fits = declared.get(o).spec().bytes() == tried.inputs().get(i).spec().bytes();
        if (fits && kernel.inPlace(o, i)) {
          Trial trial = new Trial(backend, kernel, tried, x -> true).inPlace(o, i);
          Operand result = trial.run(1).get(o);
          if (result.memory().mismatch(results.get(o).memory()) >= 0) {
            throw new AssertionError("output %d over operand %d: other bits".formatted(o, i));
          }
        }
      }
    }
  }
}
