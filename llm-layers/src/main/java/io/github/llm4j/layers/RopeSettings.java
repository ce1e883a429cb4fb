package io.github.llm4j.layers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;

/**
 * Settings of {@code rope}.
 *
 * @param theta base of the wavelengths
 * @param fraction share of a head that is rotated
 */
@Doc("Rotary positions: turns pairs of each head by an angle that grows with the place.")
public record RopeSettings(
    @Doc("base of the wavelengths") @Default("10000") double theta,
    @Doc("share of a head that is rotated") @Default("1") double fraction) {

  /** Checks the ranges. */
  public RopeSettings {
    if (!(theta > 0)) {
      throw new SettingsException("theta", "must be above 0: theta = " + theta + ".");
    }
    if (!(fraction > 0 && fraction <= 1)) {
      throw new SettingsException(
          "fraction", "must be above 0 and at most 1: fraction = " + fraction + ".");
    }
  }
}
