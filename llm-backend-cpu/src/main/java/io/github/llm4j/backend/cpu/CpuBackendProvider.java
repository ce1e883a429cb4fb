package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import java.util.List;
import java.util.stream.Collectors;

/** {@code cpu}: always usable. */
public final class CpuBackendProvider implements BackendProvider<CpuSettings> {
  private static final String CPU = "cpu";

  /** For the service loader. */
  public CpuBackendProvider() {}

  @Override
  public String type() {
    return CPU;
  }

  @Override
  public Class<CpuSettings> settings() {
    return CpuSettings.class;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability probe() {
    return Availability.available("%d processors".formatted(processors()));
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public Backend create(CpuSettings settings, BackendContext context) {
    List<Rung> rungs = Ladder.of(settings.kernels(), context.workers());
    String kernels = rungs.stream().map(Rung::description).collect(Collectors.joining(", then "));
    return new CpuBackend(
        CPU,
        "cpu: %d threads; kernels: %s".formatted(context.workers().count(), kernels),
        PluginKernels.of(CPU, context.kernels(), settings.replace()),
        rungs);
  }
}
