package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.eager.Values;
import io.github.llm4j.runtime.plan.Observer;
import io.github.llm4j.runtime.plan.PlanEntry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Finds the first launch that gives what is not a number or positive infinity. Negative infinity is
 * let through: masks are made of it, and where it comes from an overflow, the loss isn't finite.
 */
final class FiniteCheck implements Observer {
  private final Backend backend;
  private Optional<String> found = Optional.empty();

  FiniteCheck(Backend backend) {
    this.backend = backend;
  }

  /** The first such launch, as {@code linear in blocks.0.attention}, if there was one. */
  Optional<String> found() {
    return found;
  }

  @Override
  public void after(PlanEntry entry, List<Optional<MemorySegment>> outputs) {
    for (int i = 0; i < outputs.size() && found.isEmpty(); i++) {
      TensorSpec spec = entry.outputs().get(i);
      if (outputs.get(i).isPresent() && spec.dtype().isFloat()) {
        double bad = firstBad(outputs.get(i).get(), spec);
        if (bad != 0) {
          String layer = entry.path().isEmpty() ? "" : " in " + entry.path();
          found = Optional.of("%s%s gives %s (%s)".formatted(entry.op().name(), layer, bad, spec));
        }
      }
    }
  }

  /** The first value that isn't finite; 0 if there is none. */
  private double firstBad(MemorySegment memory, TensorSpec spec) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(spec.bytes(), 64);
      backend.download(memory, host);
      for (double value : Values.read(host, spec)) {
        if (Double.isNaN(value) || value == Double.POSITIVE_INFINITY) {
          return value;
        }
      }
    }
    return 0;
  }
}
