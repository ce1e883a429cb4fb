package io.github.llm4j.api.optimizer;

import io.github.llm4j.api.op.Span;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies where in the flat arenas of masters and gradients. The gaps between parameters are
 * zero, and stay so.
 *
 * @param elements length of the arenas (N)
 * @param slices the parameters, in order
 */
public record ParameterArena(long elements, List<Slice> slices) {

  /**
   * A parameter's place.
   *
   * @param path the parameter's name
   * @param offset its first element
   * @param shape its shape
   * @param role what it is for
   * @param lrScale factor on the learning rate; 0 freezes
   */
  public record Slice(String path, long offset, Shape shape, Parameter.Role role, double lrScale) {

    /** Whether weight decay applies: to matrices, not to gains and biases. */
    public boolean decays() {
      return role == Parameter.Role.MATRIX;
    }

    /** Whether it is not learned in this run. */
    public boolean frozen() {
      return lrScale == 0;
    }
  }

  /** Copies the slices. */
  public ParameterArena {
    slices = List.copyOf(slices);
  }

  /** Slices that are learned. */
  public List<Slice> learned() {
    return slices.stream().filter(s -> !s.frozen()).toList();
  }

  /** A state that is as long as the arena. */
  public Optimizer.State flat(String name) {
    return new Optimizer.State(name, Shape.of(Math.toIntExact(elements)));
  }

  /**
   * The whole arena as ranges, in order, without gaps: neighbours alike are one.
   *
   * @param weightDecay decay of what decays
   */
  public List<Span> spans(double weightDecay) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      long to = i + 1 < slices.size() ? slices.get(i + 1).offset() : elements;
      double decay = slice.decays() && !slice.frozen() ? weightDecay : 0;
      Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (last != null && last.weightDecay() == decay && last.lrScale() == slice.lrScale()) {
        spans.set(spans.size() - 1, new Span(last.from(), to, decay, slice.lrScale()));
      } else {
        spans.add(new Span(slice.offset(), to, decay, slice.lrScale()));
      }
    }
    return spans;
  }
}
