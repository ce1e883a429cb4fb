package io.github.llm4j.api.optimizer;

import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an update sees: the parameters flat, for one launch over all, and each by itself in its
 * shape. Both are handles of the same memory.
 *
 * @param arena what lies where
 * @param parameters {@code [N]}: masters, overwritten
 * @param gradients {@code [N]}
 * @param copy {@code [N]} (BF16): copy of the masters to keep up to date, in bf16 precision
 * @param parts the learned parameters by themselves, in order
 * @param states those of {@link Optimizer#states} by name, overwritten
 * @param hyper {@code [H]}: the numbers of {@link Optimizer#hyper()}
 * @param scale {@code [1]}: what gradients are multiplied with
 * @param finite {@code [1]}: 0 if the update must do nothing
 */
public record OptimizerStep(
    ParameterArena arena,
    Tensor parameters,
    Tensor gradients,
    Optional<Tensor> copy,
    List<Part> parts,
    Map<String, Tensor> states,
    Tensor hyper,
    Tensor scale,
    Tensor finite) {

  /**
   * One parameter in its shape.
   *
   * @param slice its place
   * @param parameter its master, overwritten
   * @param gradient its gradient
   * @param copy copy of the master to keep up to date, in bf16 precision
   */
  public record Part(Slice slice, Tensor parameter, Tensor gradient, Optional<Tensor> copy) {}

  /**
   * What an update in one launch over the flat arena takes, in order: parameters, the states of
   * these names, gradients, hyper, scale, finite, and the copy if there is one.
   */
  public List<Tensor> operands(String... states) {
    List<Tensor> operands = new ArrayList<>();
    operands.add(parameters);
    for (String state : states) {
      operands.add(state(state));
    }
    operands.add(gradients);
    operands.add(hyper);
    operands.add(scale);
    operands.add(finite);
    copy.ifPresent(operands::add);
    return operands;
  }

  /** A state by name. */
  public Tensor state(String name) {
    Tensor state = states.get(name);
    if (state == null) {
      throw new IllegalArgumentException(
          "the optimizer declares no state '" + name + "'; it has " + states.keySet());
    }
    return state;
  }
}
