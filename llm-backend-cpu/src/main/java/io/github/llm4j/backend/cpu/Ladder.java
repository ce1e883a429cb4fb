package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.scalar.ScalarKernels;
import java.util.List;

/** Which rungs there are here, fastest first; the scalar reference is always the last. */
final class Ladder {
  private Ladder() {}

  static List<Rung> of(Kernels kernels, Workers workers) {
    return List.of(scalar());
  }

  static Rung scalar() {
    return new Rung("scalar reference", new ScalarKernels());
  }
}
