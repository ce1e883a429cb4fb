package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.Descend;
import io.github.llm4j.api.op.MovingAverage;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Span;
import io.github.llm4j.api.op.UnitMatrix;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.optimizer.OptimizerStep.Part;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.runtime.model.PathPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Muon: the momentum of each hidden matrix, made orthogonal by Newton and Schulz's iteration, and
 * AdamW for all else. The products are those of the precision: in bf16 if there is a bf16 copy.
 *
 * <p>Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; scale of steps
 * and weight decay also as Liu et al. 2025, arXiv:2502.16982, section 2.2. The momentum is an
 * average, which differs from a sum by a factor that drops out.
 */
final class MuonOptimizer implements Optimizer {
  private static final double EPS = 1e-7;

  private final MuonSettings settings;
  private final List<PathPattern> others;

  MuonOptimizer(MuonSettings settings) {
    this.settings = settings;
    this.others = settings.others().stream().map(PathPattern::of).toList();
  }

  @Override
  public double lr() {
    return settings.lr();
  }

  private boolean hidden(Slice slice) {
    return slice.role() == Parameter.Role.MATRIX
        && slice.shape().rank() > 1
        && others.stream().noneMatch(o -> o.matches(slice.path()));
  }

  @Override
  public List<State> states(ParameterArena arena) {
    List<State> states = new ArrayList<>();
    for (Slice slice : arena.learned()) {
      if (hidden(slice)) {
        states.add(new State("momentum/" + slice.path(), slice.shape()));
      } else {
        states.add(new State("m/" + slice.path(), slice.shape()));
        states.add(new State("v/" + slice.path(), slice.shape()));
      }
    }
    return states;
  }

  @Override
  public List<String> hyper() {
    return List.of("lr", "adamw-lr", "correction1", "correction2");
  }

  @Override
  public double[] hyper(long step, double lr) {
    MuonSettings.Others adamw = settings.adamw();
    return new double[] {
      lr,
      adamw.lr().orElse(settings.lr()) * (lr / settings.lr()),
      1 - Math.pow(adamw.beta1(), (double) step),
      1 - Math.pow(adamw.beta2(), (double) step)
    };
  }

  @Override
  public void update(Ops ops, OptimizerStep step) {
    Tensor rate = ops.slice(step.hyper(), 0, 0, 1);
    Tensor adamw = ops.slice(step.hyper(), 0, 1, 4);
    Tensor share = ops.fill(1 - settings.momentum(), rate.spec());
    for (Part part : step.parts()) {
      if (hidden(part.slice())) {
        Tensor direction = orthogonal(ops, direction(ops, step, part, share));
        descend(ops, step, part, rate, direction);
      } else {
        adamW(ops, step, part, adamw);
      }
    }
  }

  /** The momentum, or what it will be a step ahead, with a norm of 1. */
  private Tensor direction(Ops ops, OptimizerStep step, Part part, Tensor share) {
    Tensor momentum = step.state("momentum/" + part.slice().path()); // [.., R, C]
    ops.apply(
        new MovingAverage(),
        List.of(momentum, part.gradient(), share, step.scale(), step.finite()));
    double ahead = settings.nesterov() ? settings.momentum() : 1;
    DType type = part.copy().map(Tensor::dtype).orElse(momentum.dtype());
    UnitMatrix unit = new UnitMatrix(ahead, 1 - ahead, EPS, type);
    return ops.apply(unit, List.of(momentum, part.gradient(), step.scale())).get(0);
  }

  /**
   * Draws all singular values of X, which are at most 1, to between 0.7 and 1.2: {@code X = a X +
   * (b A + c A A) X} with {@code A = X X^T}, or the same from the other side, whichever A is
   * smaller.
   */
  private Tensor orthogonal(Ops ops, Tensor start) {
    boolean wide = start.shape().size(-2) <= start.shape().last();
    DType type = start.dtype();
    Tensor x = start;
    for (int i = 0; i < settings.iterations(); i++) {
      Tensor a = ops.matmul(x, x, !wide, wide, type); // [.., R, R] or [.., C, C]
      Tensor squared = ops.matmul(a, a, false, false, type);
      Tensor b = ops.add(ops.scale(a, -4.7750, 0), ops.scale(squared, 2.0315, 0));
      Tensor bx =
          wide ? ops.matmul(b, x, false, false, type) : ops.matmul(x, b, false, false, type);
      x = ops.add(ops.scale(x, 3.4445, 0), bx);
    }
    return x;
  }

  private void descend(Ops ops, OptimizerStep step, Part part, Tensor rate, Tensor direction) {
    Slice slice = part.slice();
    double scale = settings.scale().of(slice.shape().size(-2), slice.shape().last());
    List<Tensor> operands = new ArrayList<>();
    operands.add(part.parameter());
    operands.add(direction);
    operands.add(rate);
    operands.add(step.finite());
    part.copy().ifPresent(operands::add);
    ops.apply(
        new Descend(
            slice.lrScale() * scale,
            slice.lrScale() * settings.weightDecay(),
            part.copy().isPresent()),
        operands);
  }

  private void adamW(Ops ops, OptimizerStep step, Part part, Tensor hyper) {
    Slice slice = part.slice();
    MuonSettings.Others adamw = settings.adamw();
    List<Tensor> operands = new ArrayList<>();
    operands.add(part.parameter());
    operands.add(step.state("m/" + slice.path()));
    operands.add(step.state("v/" + slice.path()));
    operands.add(part.gradient());
    operands.add(hyper);
    operands.add(step.scale());
    operands.add(step.finite());
    part.copy().ifPresent(operands::add);
    double decay = slice.decays() ? adamw.weightDecay() : 0;
    Span all = new Span(0, slice.shape().elements(), decay, slice.lrScale());
    ops.apply(
        new AdamW(adamw.beta1(), adamw.beta2(), adamw.eps(), List.of(all), part.copy().isPresent()),
        operands);
  }
}
