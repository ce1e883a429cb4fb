package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.op.Adafactor;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.optimizer.OptimizerStep.Part;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Adafactor, one launch a parameter: matrices by rows and columns, vectors element by element.
 *
 * <p>Shazeer and Stern 2018, arXiv:1804.04235, algorithms 4 and 5.
 */
record AdafactorOptimizer(AdafactorSettings settings) implements Optimizer {

  @Override
  public double lr() {
    return settings.lr();
  }

  @Override
  public List<State> states(ParameterArena arena) {
    List<State> states = new ArrayList<>();
    for (Slice slice : arena.learned()) {
      if (factored(slice)) {
        states.add(new State("rows/" + slice.path(), Adafactor.rows(slice.shape())));
        states.add(new State("columns/" + slice.path(), Adafactor.columns(slice.shape())));
      } else {
        states.add(new State("v/" + slice.path(), slice.shape()));
      }
      if (settings.beta1() > 0) {
        states.add(new State("m/" + slice.path(), slice.shape()));
      }
    }
    return states;
  }

  private static boolean factored(Slice slice) {
    return slice.role() == Parameter.Role.MATRIX && slice.shape().rank() > 1;
  }

  @Override
  public List<String> hyper() {
    return List.of("lr", "share");
  }

  @Override
  public double[] hyper(long step, double lr) {
    double most = settings.relativeStep() ? 1 / Math.sqrt((double) step) : lr;
    return new double[] {
      Math.min(lr, most), Math.pow((double) step, -settings.decayExponent()) // 1 - decay
    };
  }

  @Override
  public void update(Ops ops, OptimizerStep step) {
    for (Part part : step.parts()) {
      Slice slice = part.slice();
      List<Tensor> operands = new ArrayList<>();
      operands.add(part.parameter());
      if (factored(slice)) {
        operands.add(step.state("rows/" + slice.path()));
        operands.add(step.state("columns/" + slice.path()));
      } else {
        operands.add(step.state("v/" + slice.path()));
      }
      if (settings.beta1() > 0) {
        operands.add(step.state("m/" + slice.path()));
      }
      operands.add(part.gradient());
      operands.add(step.hyper());
      operands.add(step.scale());
      operands.add(step.finite());
      part.copy().ifPresent(operands::add);
      ops.apply(op(slice, part.copy().isPresent()), operands);
    }
  }

  private Adafactor op(Slice slice, boolean copy) {
    return new Adafactor(
        settings.eps1(),
        settings.eps2(),
        settings.clip(),
        settings.beta1(),
        slice.decays() ? settings.weightDecay() : 0,
        slice.lrScale(),
        factored(slice),
        settings.relativeStep(),
        copy);
  }
}
