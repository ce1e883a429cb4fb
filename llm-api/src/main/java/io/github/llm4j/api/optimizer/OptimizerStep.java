package io.github.llm4j.api.optimizer;

import io.github.llm4j.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What an update sees.
 *
 * @param parameters {@code [N]}: masters, overwritten
 * @param gradients {@code [N]}
 * @param states {@code [N]} each, overwritten
 * @param hyper the numbers of {@link Optimizer#hyper()}
 * @param scale {@code [1]}: what gradients are multiplied with
 * @param finite {@code [1]}: 0 if the update must do nothing
 * @param copy {@code [N]} (BF16): copy of the masters to keep up to date, in bf16 precision
 * @param spans ranges of the arena with their weight decay
 */
public record OptimizerStep(
    Tensor parameters,
    Tensor gradients,
    List<Tensor> states,
    Tensor hyper,
    Tensor scale,
    Tensor finite,
    Optional<Tensor> copy,
    List<Span> spans) {

  /**
   * A range of the arena.
   *
   * @param from first element
   * @param to element behind the last
   * @param decays whether weight decay applies
   * @param lrScale factor on the learning rate; 0 freezes
   */
  public record Span(long from, long to, boolean decays, double lrScale) {}
}
