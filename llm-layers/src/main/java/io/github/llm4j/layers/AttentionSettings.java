package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.layer.Layer;
import java.util.Optional;

/**
 * Settings of {@code attention} and {@code cross-attention}.
 *
 * @param heads query heads (H)
 * @param kvHeads key and value heads (K)
 * @param headDim size of a head (D)
 * @param bias whether the four maps have a bias
 * @param position what is done to queries and keys for their places
 * @param window keys that a query sees to one side, itself counted; 0 for all
 * @param dropout probability with which a weight is set to zero in training
 */
@Doc("Scaled dot-product attention with grouped key/value heads.")
public record AttentionSettings(
    @Doc("query heads") int heads,
    @Doc("key and value heads; as many as heads if absent") Optional<Integer> kvHeads,
    @Doc("size of a head; d-model / heads if absent") Optional<Integer> headDim,
    @Doc("whether the four maps have a bias") @Default("false") boolean bias,
    @Doc("what is done to queries and keys for their places") @Default("none")
        ComponentSpec<Layer> position,
    @Doc("keys that a query sees to one side, itself counted; 0 for all") @Default("0") int window,
    @Doc("probability with which an attention weight is dropped") @Default("0") double dropout) {

  /** Checks the ranges. */
  public AttentionSettings {
    if (heads < 1) {
      throw new SettingsException("heads", "must be 1 or more: heads = " + heads + ".");
    }
    if (window < 0) {
      throw new SettingsException("window", "must be 0 or more: window = " + window + ".");
    }
    Ranges.probability("dropout", dropout);
    int queries = heads;
    kvHeads.ifPresent(
        kv -> {
          if (kv < 1 || queries % kv != 0) {
            throw new SettingsException(
                "kv-heads",
                "must divide heads: heads = "
                    + queries
                    + ", kv-heads = "
                    + kv
                    + ". Possible: "
                    + Ranges.divisors(queries)
                    + ".");
          }
        });
  }

  int kv() {
    return kvHeads.orElse(heads);
  }

  /** With the number and the size of the heads written out. */
  AttentionSettings resolved(Surroundings surroundings) {
    Optional<Integer> size =
        headDim.isPresent() || surroundings.dModel().isEmpty()
            ? headDim
            : Optional.of(surroundings.dModel().getAsInt() / heads);
    return new AttentionSettings(heads, Optional.of(kv()), size, bias, position, window, dropout);
  }
}
