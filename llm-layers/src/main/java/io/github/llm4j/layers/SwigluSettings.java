package io.github.llm4j.layers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import java.util.Optional;

/**
 * Settings of {@code swiglu}.
 *
 * @param dFf inner width (F)
 * @param bias whether the three maps have a bias
 */
@Doc("Gated feed-forward network with the SiLU.")
public record SwigluSettings(
    @Doc("inner width; 8/3 d-model, rounded up to a multiple of 64, if absent")
        Optional<Integer> dFf,
    @Doc("whether the three maps have a bias") @Default("false") boolean bias) {

  /** Checks the ranges. */
  public SwigluSettings {
    dFf.ifPresent(f -> Ranges.positive("d-ff", f));
  }

  int width(int dModel) {
    return dFf.orElse((8 * dModel / 3 + 63) / 64 * 64);
  }
}
