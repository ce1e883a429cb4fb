package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.attention.FlashAttention;
import io.github.llm4j.backend.cpu.onednn.OneDnnProducts;
import io.github.llm4j.backend.cpu.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.List;

/** Which rungs there are here, fastest first; the scalar reference is always the last. */
final class Ladder {
  private Ladder() {}

  static List<Rung> of(Kernels kernels, Workers workers) {
    List<Rung> rungs = new ArrayList<>();
    if (kernels == Kernels.AUTO) {
      OneDnnProducts.Loaded loaded = OneDnnProducts.load(workers);
      loaded
          .products()
          .ifPresent(
              products ->
                  rungs.add(new Rung("products by " + loaded.availability().detail(), products)));
    }
    if (kernels != Kernels.SCALAR && kernels != Kernels.ARRAYS && hasVectorApi()) {
      rungs.add(new Rung("attention by the Vector API", new FlashAttention(workers)));
    }
    rungs.add(scalar());
    return rungs;
  }

  /** Whether the JVM was started with the module; a jar can't ask for it. */
  static boolean hasVectorApi() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  static Rung scalar() {
    return new Rung("scalar reference", new ScalarKernels());
  }
}
