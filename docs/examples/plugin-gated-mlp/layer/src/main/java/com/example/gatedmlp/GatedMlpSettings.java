package com.example.gatedmlp;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;

/**
 * Settings of {@code gated-mlp}.
 *
 * @param dFf inner width (F)
 * @param bias whether the three maps have a bias
 */
@Doc("Feed-forward network whose inner values are gated by a sigmoid.")
public record GatedMlpSettings(
    @Doc("inner width") int dFf,
    @Doc("whether the three maps have a bias") @Default("false") boolean bias) {

  /** Checks what it alone can see. */
  public GatedMlpSettings {
    if (dFf < 1) {
      throw new SettingsException("d-ff", "1 or more expected, found " + dFf + ".");
    }
  }
}
