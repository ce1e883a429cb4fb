package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Adafactor;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;

/**
 * Adafactor of one parameter: a walk over its rows for the second moment, one for the length of the
 * direction, one for the step. The direction is never in memory whole.
 */
record AdafactorKernel(Adafactor op, List<TensorSpec> in, Loops loops, Workers workers)
    implements Kernel {

  /** Whether the operands are of types that are computed with here. */
  static boolean knows(Adafactor op, List<TensorSpec> in) {
    return in.subList(0, op.gradient() + 1).stream().allMatch(s -> s.dtype() == DType.F32);
  }

  @Override
  public Launch bind(Bindings bindings) {
    AdafactorRun run =
        op.factored()
            ? new FactoredRun(this, bindings)
            : new AdafactorRun(this, bindings, AdafactorRows.flat(in.get(0).shape()));
    Workers.Part moments = run::moments;
    Workers.Part lengths = run::lengths;
    Workers.Part steps = run::steps;
    int parts = run.rows.parts();
    return () -> {
      if (run.finite()) {
        workers.run(parts, moments);
        run.momentsDone();
        workers.run(parts, lengths);
        run.lengthsDone();
        workers.run(parts, steps);
      }
    };
  }
}
