package io.github.llm4j.layers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import java.util.Optional;

/**
 * Settings of {@code mlp}.
 *
 * @param dFf inner width (F)
 * @param activation what stands between the two maps
 * @param bias whether the two maps have a bias
 */
@Doc("Feed-forward network of two maps with an activation between.")
public record MlpSettings(
    @Doc("inner width; 4 d-model if absent") Optional<Integer> dFf,
    @Doc("what stands between the two maps") @Default("gelu") Activation activation,
    @Doc("whether the two maps have a bias") @Default("false") boolean bias) {

  /** Checks the ranges. */
  public MlpSettings {
    dFf.ifPresent(f -> Ranges.positive("d-ff", f));
  }
}
