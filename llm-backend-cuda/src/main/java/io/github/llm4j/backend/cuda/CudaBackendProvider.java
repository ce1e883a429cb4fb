package io.github.llm4j.backend.cuda;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * {@code cuda}: looks for the driver and a device and says what is there. There are no kernels in
 * this version, so it is never usable, and says so.
 */
public final class CudaBackendProvider implements BackendProvider<CudaSettings> {
  private static final String NO_KERNELS = "this version of llm4j has no CUDA kernels";
  private static final String USE_CPU = "Use backend = cpu.";

  @Override
  public String type() {
    return "cuda";
  }

  @Override
  public Class<CudaSettings> settings() {
    return CudaSettings.class;
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public Availability probe() {
    return probe(CudaDriver.library());
  }

  /** Probes with the driver library of this name. */
  static Availability probe(String library) {
    try (Arena arena = Arena.ofConfined()) {
      Optional<CudaDriver> driver = CudaDriver.open(library, arena);
      if (driver.isEmpty()) {
        return unavailable("no NVIDIA driver here (" + library + " not found)");
      }
      int devices = driver.get().devices();
      if (devices <= 0) {
        String why = devices == 0 ? "it sees no device" : "it gives error " + -devices;
        return unavailable("an NVIDIA driver is here (" + library + "), but " + why);
      }
      return unavailable("an NVIDIA driver with %d device(s) is here".formatted(devices));
    } catch (IllegalStateException e) {
      return unavailable(library + " is here, but is no NVIDIA driver: " + e.getMessage());
    }
  }

  private static Availability unavailable(String found) {
    return Availability.unavailable(found + "; " + NO_KERNELS, USE_CPU);
  }

  /**
   * Never builds one.
   *
   * @throws LlmException always, with the probe's reason
   */
  @Override
  public Backend create(CudaSettings settings, BackendContext context) {
    Availability found = probe();
    throw new LlmException(
        ErrorKind.PLUGIN,
        "backend 'cuda': a usable GPU expected, found that %s. %s"
            .formatted(found.detail(), found.remedy()));
  }
}
