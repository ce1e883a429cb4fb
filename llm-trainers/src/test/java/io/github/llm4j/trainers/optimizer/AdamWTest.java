package io.github.llm4j.trainers.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.optimizer.OptimizerStep.Span;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.ReferenceBackendProvider;
import io.github.llm4j.backend.cpu.ReferenceSettings;
import io.github.llm4j.runtime.eager.EagerOps;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final TensorSpec FLAT = TensorSpec.of(DType.F64, 3);
  private final AdamWSettings settings = new AdamWSettings(0.1, 0.9, 0.99, 1e-8, 0.5);
  private final Optimizer adamw = new AdamWProvider().create(settings, new OptimizerContext());

  /**
   * By hand. Step 1, g = (2, -4, 1): m = 0.1 g, v = 0.01 g^2, so m / c1 = g, v / c2 = g^2 and the
   * step is lr (sign g + decay w). Step 2, g = (0, -4, 1): m = (0.18, -0.76, 0.19), v = (0.0396,
   * 0.3184, 0.0199), c1 = 0.19, c2 = 0.0199.
   */
  @Test
  void twoStepsAgreeWithAHandComputation() {
    double[] w = {1, 1, 1};
    double[] first = {1 - 0.1 * (1 + 0.5 * 1), 1 + 0.1 * (1 - 0.5 * 1), 1 - 0.1 * 1};
    double[] second = {
      first[0] - 0.1 * (0.18 / 0.19 / Math.sqrt(0.0396 / 0.0199) + 0.5 * first[0]),
      first[1] - 0.1 * (-4.0 / 4.0 + 0.5 * first[1]),
      first[2] - 0.1 * 1.0 // no decay
    };
    run(w, List.of(new double[] {2, -4, 1}, new double[] {0, -4, 1}), 1, List.of(first, second));
  }

  @Test
  void aStepThatIsNotFiniteChangesNothing() {
    double[] w = {1, 1, 1};
    run(w, List.of(new double[] {2, Double.NaN, 1}), 0, List.of(w));
  }

  private void run(double[] start, List<double[]> grads, double finite, List<double[]> wanted) {
    try (WorkerPool pool = new WorkerPool(1);
        Backend backend =
            new ReferenceBackendProvider()
                .create(new ReferenceSettings(), new BackendContext(pool, List.of()));
        EagerOps ops = new EagerOps(backend)) {
      Tensor w = ops.of(FLAT, start);
      Tensor m = ops.of(FLAT, 0, 0, 0);
      Tensor v = ops.of(FLAT, 0, 0, 0);
      TensorSpec one = TensorSpec.of(DType.F64, 1);
      for (int i = 0; i < grads.size(); i++) {
        Tensor hyper = ops.of(TensorSpec.of(DType.F64, 3), adamw.hyper(i + 1, adamw.lr()));
        adamw.update(
            ops,
            new OptimizerStep(
                w,
                ops.of(FLAT, grads.get(i)),
                List.of(m, v),
                hyper,
                ops.of(one, 1),
                ops.of(one, finite),
                Optional.empty(),
                List.of(new Span(0, 2, true, 1), new Span(2, 3, false, 1))));
        assertArrayEquals(wanted.get(i), ops.values(w), 1e-7, "step " + (i + 1));
      }
    }
  }
}
