package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import java.util.List;

/**
 * Settings of the CPU backend.
 *
 * @param kernels which kernels compute
 * @param replace ops of llm4j for which a plugin's kernel comes before ours, as {@code
 *     llm4j:rms-norm}
 */
@Doc("The processor.")
public record CpuSettings(
    @Default("auto") @Doc("Which kernels compute: auto, vector, arrays or scalar.") Kernels kernels,
    @Default("[]") @Doc("Ops of llm4j for which a plugin's kernel comes before ours.")
        List<String> replace) {

  /** Copies the list. */
  public CpuSettings {
    replace = List.copyOf(replace);
  }

  /** These kernels, and ours before all others. */
  public static CpuSettings of(Kernels kernels) {
    return new CpuSettings(kernels, List.of());
  }
}
