package io.github.llm4j.backend.cpu.vector;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.tile.TileKernels;

/** Looks whether the Vector API is there; names none of its classes, so it loads without them. */
public final class VectorProbe {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String REMEDY =
      "Start Java with --add-modules jdk.incubator.vector, as the launcher does; without it"
          + " attention takes three times as long, and other kernels up to twice.";

  private VectorProbe() {}

  /** Whether {@link VectorLoops} can be used. */
  public static Availability probe() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Availability.unavailable("the module " + MODULE + " is not loaded", REMEDY);
    }
    int bits = Width.bits();
    return bits >= 128
        ? Availability.available("Vector API, " + bits + " bits")
        : Availability.unavailable("vectors of 128 bits or more expected, found " + bits, "");
  }

  /** The kernels; only after a probe that found them usable. */
  public static KernelSet kernels(Workers workers) {
    return new TileKernels(new VectorLoops(), workers);
  }

  /** The only place here that touches the module, in a class of its own. */
  private static final class Width {
    static int bits() {
      return jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
  }
}
