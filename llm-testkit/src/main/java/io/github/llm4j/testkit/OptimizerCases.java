package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Adafactor;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.Descend;
import io.github.llm4j.api.op.Lion;
import io.github.llm4j.api.op.MovingAverage;
import io.github.llm4j.api.op.Sgd;
import io.github.llm4j.api.op.Span;
import io.github.llm4j.api.op.UnitMatrix;
import io.github.llm4j.api.op.Update;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Ops of optimizers. */
final class OptimizerCases {
  private static final int[][] MATRICES = {
    {1, 1}, {3, 1}, {1, 7}, {6, 13}, {33, 25}, {2, 4, 6}, {3, 70, 207}
  };

  private OptimizerCases() {}

  /** Updates of each element by itself. */
  static List<OpCase> flat(Seeds seeds, DType wide, int n, boolean copy, int finite) {
    List<Span> spans =
        List.of(
            new Span(0, n / 3, 0.1, 1),
            new Span(n / 3, n / 2, 0.1, 0), // frozen
            new Span(n / 2, n, 0, 0.5));
    List<OpCase> cases = new ArrayList<>();
    Operand grad = seeds.normal(wide, n);
    Operand scale = one(wide, 0.7);
    Operand flag = one(wide, finite);
    Operand lr = one(wide, 0.01);
    Operand m = seeds.normal(wide, n);
    add(
        cases,
        new AdamW(0.9, 0.99, 1e-8, spans, copy),
        seeds.normal(wide, n),
        m,
        seeds.uniform(wide, 0.1, 1, n),
        grad,
        Operand.of(TensorSpec.of(wide, 3), 0.01, 0.5, 0.25),
        scale,
        flag);
    for (boolean nesterov : new boolean[] {false, true}) {
      Sgd sgd = new Sgd(0.9, nesterov, nesterov, spans, copy);
      add(cases, sgd, seeds.normal(wide, n), m, grad, lr, scale, flag);
    }
    add(cases, new Sgd(0, false, false, spans, copy), seeds.normal(wide, n), grad, lr, scale, flag);
    Lion lion = new Lion(0.9, 0.99, spans, copy);
    add(cases, lion, seeds.normal(wide, n), m, grad, lr, scale, flag);
    Operand zeros = seeds.of(wide, new double[] {0, 1}, n); // no sign
    add(cases, lion, seeds.normal(wide, n), zeros, zeros, lr, scale, flag);
    if (!copy) {
      add(cases, new MovingAverage(), seeds.normal(wide, n), grad, one(wide, 0.1), scale, flag);
    }
    DType direction = copy ? DType.BF16 : wide;
    Descend descend = new Descend(0.3, 0.1, copy);
    add(cases, descend, seeds.normal(wide, n), seeds.normal(direction, n), lr, flag);
    return cases;
  }

  /** Updates that see rows and columns. */
  static List<OpCase> matrices(Seeds seeds, DType wide, DType type) {
    List<OpCase> cases = new ArrayList<>();
    for (int[] sizes : MATRICES) {
      Operand matrix = seeds.normal(wide, sizes);
      long terms = matrix.spec().shape().elements();
      for (int finite : new int[] {1, 0}) {
        for (boolean factored : new boolean[] {true, false}) {
          adafactor(cases, seeds, wide, sizes, factored, type == DType.BF16, finite);
        }
      }
      UnitMatrix unit = new UnitMatrix(0.95, 0.05, 1e-7, type);
      cases.add(OpCase.of(unit, terms, matrix, seeds.normal(wide, sizes), one(wide, 0.7)));
      Operand zeros = Operand.of(matrix.spec(), new double[matrix.values().length]);
      cases.add(OpCase.of(unit, terms, zeros, zeros, one(wide, 0.7)));
    }
    return cases;
  }

  private static void adafactor(
      List<OpCase> cases,
      Seeds seeds,
      DType wide,
      int[] sizes,
      boolean factored,
      boolean copy,
      int finite) {
    Shape shape = Shape.of(sizes);
    List<Operand> states = new ArrayList<>();
    if (factored) {
      states.add(seeds.uniform(wide, 0.1, 1, Adafactor.rows(shape).sizes()));
      states.add(seeds.uniform(wide, 0.1, 1, Adafactor.columns(shape).sizes()));
    } else {
      states.add(seeds.uniform(wide, 0.1, 1, sizes));
    }
    for (double beta1 : new double[] {0, 0.9}) {
      boolean relative = beta1 == 0;
      List<Operand> in = new ArrayList<>();
      in.add(seeds.normal(wide, sizes));
      in.addAll(states);
      if (beta1 > 0) {
        in.add(seeds.normal(wide, sizes));
      }
      in.add(seeds.normal(wide, sizes));
      in.add(Operand.of(TensorSpec.of(wide, 2), 0.01, 0.3));
      in.add(one(wide, 0.7));
      in.add(one(wide, finite));
      add(
          cases,
          new Adafactor(1e-30, 1e-3, 0.9, beta1, 0.1, 0.5, factored, relative, copy),
          in.toArray(Operand[]::new));
    }
  }

  private static Operand one(DType type, double value) {
    return Operand.of(TensorSpec.of(type, 1), value);
  }

  /** Adds the copy, if the op writes one; exact where the flag, its last operand, is 0. */
  private static void add(List<OpCase> cases, Update op, Operand... inputs) {
    List<Operand> in = new ArrayList<>();
    Collections.addAll(in, inputs);
    Operand flag = inputs[inputs.length - 1];
    int last = op.overwrites().get(op.overwrites().size() - 1);
    if (last == in.size()) {
      in.add(inputs[0].as(DType.BF16));
    }
    Shape shape = inputs[0].spec().shape();
    int terms = shape.rank() > 1 ? shape.last() : 1;
    cases.add(OpCase.of(op, flag.values()[0] == 0 ? 0 : terms, in.toArray(Operand[]::new)));
  }
}
