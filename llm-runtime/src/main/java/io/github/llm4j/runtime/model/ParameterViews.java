package io.github.llm4j.runtime.model;

import io.github.llm4j.api.layer.Weights;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.runtime.autograd.GradientSink;
import io.github.llm4j.runtime.autograd.Tape;
import io.github.llm4j.runtime.plan.ExternalOps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Handles on parameters for one recording: the same handle for the same parameter. */
public final class ParameterViews implements Weights {
  private final Parameters parameters;
  private final ExternalOps ops;
  private final Map<String, Tensor> handles = new HashMap<>();

  ParameterViews(Parameters parameters, ExternalOps ops) {
    this.parameters = parameters;
    this.ops = ops;
  }

  @Override
  public Tensor of(Parameter parameter) {
    return handles.computeIfAbsent(
        parameter.path(),
        path -> {
          Parameters.Form form = parameters.form(parameter);
          return ops.external(form.memory(), form.spec());
        });
  }

  /**
   * Makes the tape send gradients of all trainable parameters into the gradient arena.
   *
   * @param store whether the first use of each overwrites what is there (the first micro-batch of a
   *     step) instead of adding to it
   */
  public void differentiate(Tape tape, boolean store) {
    for (Parameter parameter : parameters.learned()) {
      if (parameters.trainable(parameter)) {
        Parameters.Form form = parameters.gradient(parameter);
        Tensor target = ops.external(form.memory(), form.spec());
        tape.leaf(of(parameter), new ArenaSink(target, store));
      }
    }
  }

  private static final class ArenaSink implements GradientSink {
    private final Tensor target;
    private boolean store;

    ArenaSink(Tensor target, boolean store) {
      this.target = target;
      this.store = store;
    }

    @Override
    public DType dtype() {
      return target.dtype();
    }

    @Override
    public void accept(Ops ops, Tensor gradient) {
      ops.apply(new Accumulate(store), List.of(target, gradient));
      store = false; // a second use, as of a tied weight, adds
    }
  }
}
