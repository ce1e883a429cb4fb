package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
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
    return new Availability(true, "%d processors".formatted(processors()), Ladder.probe());
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public Backend create(CpuSettings settings, BackendContext context) {
    Ladder ladder = Ladder.of(settings.kernels(), context.workers());
    String missed = ladder.missed().isEmpty() ? "" : ". " + ladder.missed();
    String kernels =
        ladder.rungs().stream().map(Rung::description).collect(Collectors.joining(", then "));
    return new CpuBackend(
        CPU,
        "cpu: %d threads; kernels: %s%s".formatted(context.workers().count(), kernels, missed),
        PluginKernels.of(CPU, context, settings.replace()),
        ladder.rungs());
  }
}
