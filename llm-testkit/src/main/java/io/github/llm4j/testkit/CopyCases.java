package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Broadcast;
import io.github.llm4j.api.op.Concat;
import io.github.llm4j.api.op.Dequantise;
import io.github.llm4j.api.op.Embedding;
import io.github.llm4j.api.op.Fill;
import io.github.llm4j.api.op.GatherRows;
import io.github.llm4j.api.op.Iota;
import io.github.llm4j.api.op.Permute;
import io.github.llm4j.api.op.RandomUniform;
import io.github.llm4j.api.op.Reshape;
import io.github.llm4j.api.op.ScatterAddRows;
import io.github.llm4j.api.op.Slice;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Ops that move or make elements. */
final class CopyCases {
  private static final int LONGEST_MOVE = 702;

  private final List<OpCase> cases = new ArrayList<>();
  private final Seeds seeds;
  private final DType type;

  private CopyCases(Seeds seeds, DType type) {
    this.seeds = seeds;
    this.type = type;
  }

  static List<OpCase> of(Seeds seeds, DType type, int... sizes) {
    CopyCases made = new CopyCases(seeds, type);
    for (int n : sizes) {
      if (n <= LONGEST_MOVE) {
        made.moves(made.type, n);
      }
      made.sources(n);
      made.tables(n);
    }
    made.moves(DType.I32, 13);
    made.moves(DType.U8, 13);
    made.moves(DType.I64, 13);
    made.quantised();
    return made.cases;
  }

  private Operand block(DType of, int... sizes) {
    return of.isFloat() ? seeds.normal(of, sizes) : seeds.integers(of, 0, 100, sizes);
  }

  private void moves(DType of, int n) {
    Operand x = block(of, 2, 3, n);
    Operand heads = block(of, 2, n, 3, 4);
    cases.add(OpCase.of(new Reshape(Shape.of(3, n, 2)), 0, x));
    cases.add(OpCase.of(new Permute(List.of(0, 2, 1)), 0, x));
    cases.add(OpCase.of(new Permute(List.of(2, 0, 1)), 0, x));
    cases.add(OpCase.of(new Permute(List.of(0, 2, 1, 3)), 0, heads));
    cases.add(OpCase.of(new Slice(-1, n / 3, n), 0, x));
    cases.add(OpCase.of(new Slice(1, 1, 2), 0, x));
    cases.add(OpCase.of(new Slice(0, 0, 1), 0, heads));
    cases.add(OpCase.of(new Slice(1, n, n), 0, heads));
    cases.add(OpCase.of(new Concat(1), 0, x, block(of, 2, 1, n), x));
    cases.add(OpCase.of(new Concat(-1), 0, x, block(of, 2, 3, 5)));
    cases.add(OpCase.of(new Broadcast(Shape.of(3, n)), 0, block(of, n)));
    cases.add(OpCase.of(new Broadcast(Shape.of(2, n, 3)), 0, block(of, n, 1)));
    cases.add(OpCase.of(new Broadcast(Shape.of(4, n)), 0, block(of, 1, 1)));
    cases.add(OpCase.of(new Broadcast(Shape.of(2, n, 3)), 0, block(of, 2, 1, 3)));
  }

  private void sources(int n) {
    cases.add(OpCase.of(new Fill(-0.3, TensorSpec.of(type, 2, n)), 0));
    cases.add(OpCase.of(new Fill(7, TensorSpec.of(DType.I32, n)), 0));
    cases.add(OpCase.of(new Fill(1, TensorSpec.of(DType.U8, n)), 0));
    cases.add(OpCase.of(new Iota(n), 0));
    Operand state = Operand.of(TensorSpec.of(DType.I64, 3), 1L << 40 | 5, 3, 17);
    cases.add(OpCase.of(new RandomUniform(-9, Shape.of(n)), 0, state));
    cases.add(OpCase.of(new RandomUniform(9, Shape.of(3, n)), 0, state));
    cases.add(OpCase.of(new RandomUniform(9, Shape.of(2, 3, n)), 0, state));
  }

  private void tables(int n) {
    Operand table = seeds.normal(type, 7, n);
    Operand ids = seeds.integers(DType.I32, -1, 7, 2, 5);
    Operand rows = seeds.normal(type, 2, 5, n);
    cases.add(OpCase.of(new GatherRows(), 0, table, ids));
    cases.add(OpCase.of(new GatherRows(), 0, seeds.normal(type, 7, 2, n), ids));
    cases.add(OpCase.of(new Embedding(type), 0, table, ids));
    cases.add(OpCase.of(new ScatterAddRows(7), 10, rows, ids));
    Operand many = seeds.integers(DType.I32, -1, 4, n);
    cases.add(OpCase.of(new ScatterAddRows(4), n, seeds.normal(type, n, 6), many));
    cases.add(OpCase.of(new GatherRows(), 0, seeds.integers(DType.I32, 0, 99, 4, 3), many));
    if (type == DType.BF16) {
      cases.add(OpCase.of(new Embedding(DType.F32), 0, table, ids));
    }
    if (type == DType.F32) {
      cases.add(OpCase.of(new Embedding(DType.BF16), 0, table, ids));
    }
  }

  private void quantised() {
    for (int width : new int[] {32, 96, 1024}) {
      Operand table = blocks(seeds, 7, width);
      cases.add(OpCase.of(new Dequantise(type), 0, table));
      cases.add(OpCase.of(new Embedding(type), 0, table, seeds.integers(DType.I32, -1, 7, 2, 5)));
    }
  }

  /** Normally distributed weights in blocks. */
  static Operand blocks(Seeds seeds, int rows, int width) {
    double[] values = seeds.normal(DType.F32, rows, width).values();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Operand.quantised(Shape.of(rows, width), floats);
  }
}
