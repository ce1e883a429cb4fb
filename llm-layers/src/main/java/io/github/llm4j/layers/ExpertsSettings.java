package io.github.llm4j.layers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;

/**
 * Settings of {@code experts}.
 *
 * @param experts number of experts (E)
 * @param active experts that a token meets
 * @param dFf inner width of an expert (F)
 * @param normalise whether the weights of the chosen experts are scaled to sum 1
 * @param loadBalance weight of the loss that evens out their use
 */
@Doc("Mixture of experts: each token meets the few gated networks that a router picks.")
public record ExpertsSettings(
    @Doc("number of experts") int experts,
    @Doc("experts that a token meets") @Default("2") int active,
    @Doc("inner width of an expert") int dFf,
    @Doc("whether the weights of the chosen experts are scaled to sum 1") @Default("true")
        boolean normalise,
    @Doc("weight of the loss that evens out their use") @Default("0.01") double loadBalance) {

  /** Checks the ranges. */
  public ExpertsSettings {
    Ranges.positive("experts", experts);
    Ranges.positive("d-ff", dFf);
    if (active < 1 || active > experts) {
      throw new SettingsException(
          "active",
          "must be 1 or more and at most experts: experts = "
              + experts
              + ", active = "
              + active
              + ".");
    }
  }
}
