package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import java.util.List;

/**
 * {@code reference}: the scalar kernels alone, against which every backend is tested. Slow; never
 * what {@code auto} takes, since the CPU backend is usable wherever it is.
 */
public final class ReferenceBackendProvider implements BackendProvider<ReferenceSettings> {
  private static final String REFERENCE = "reference";

  /** For the service loader. */
  public ReferenceBackendProvider() {}

  @Override
  public String type() {
    return REFERENCE;
  }

  @Override
  public Class<ReferenceSettings> settings() {
    return ReferenceSettings.class;
  }

  @Override
  public int rank() {
    return Integer.MIN_VALUE;
  }

  @Override
  public Availability probe() {
    return Availability.available("the scalar reference, for tests");
  }

  @Override
  public Backend create(ReferenceSettings settings, BackendContext context) {
    return new CpuBackend(
        REFERENCE,
        "reference: one element after the other, on one thread",
        PluginKernels.of(REFERENCE, context, List.of()),
        List.of(Ladder.scalar()));
  }
}
