package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine can do at best, measured now: the rate of a square product that fits its caches.
 */
public final class Ceiling {
  private static final int[] SIZES = {128, 256, 512};
  private static final int RUNS = 5;

  /** A larger product is tried only if the one before took less than this. */
  private static final double LONG_SECONDS = 0.02;

  private Ceiling() {}

  /**
   * Floating-point operations a second of products; takes a fraction of a second.
   *
   * @param type type of the operands
   */
  public static double products(Backend backend, DType type) {
    double best = 0;
    List<Plan> plans = plans(backend, type);
    plans.forEach(Plan::bind); // what it takes doesn't depend on how fast it is
    for (Plan plan : plans) {
      plan.run(); // makes primitives, compiles
      double seconds = Double.MAX_VALUE;
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        plan.run();
        seconds = Math.min(seconds, (double) (System.nanoTime() - start) * 1e-9);
      }
      best = Math.max(best, plan.flops() / seconds);
      if (seconds > LONG_SECONDS) {
        break;
      }
    }
    return best;
  }

  /** Bytes that {@link #products} takes of a backend. */
  public static long bytes(Backend backend, DType type) {
    List<Plan> plans = plans(backend, type);
    long arena = plans.stream().mapToLong(Plan::arenaBytes).max().orElse(0);
    return arena + plans.stream().mapToLong(Plan::ownBytes).sum();
  }

  private static List<Plan> plans(Backend backend, DType type) {
    PlanArena arena = new PlanArena(backend);
    List<Plan> plans = new ArrayList<>();
    for (int size : SIZES) {
      Recorder recorder = new Recorder(backend);
      TensorSpec square = TensorSpec.of(type, size, size);
      Tensor a = recorder.input("a", square); // the product is all that a run does
      recorder.output("y", recorder.matmul(a, a, false, true, type));
      plans.add(recorder.plan(arena));
    }
    return plans;
  }
}
