package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.op.AttentionGrad;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Attention with every combination of its flags, and its gradients. */
final class AttentionCases {

  /** B, T, S, H, K, D. */
  private record Sizes(int batch, int queries, int keys, int heads, int kvHeads, int width) {}

  /** Any two flags are here together, each without the other, and neither; then all. */
  private static final int[] PAIRS = {0, 11, 21, 39, 58, 60, 63};

  private final List<OpCase> cases = new ArrayList<>();
  private final Seeds seeds;
  private final DType type;
  private final Expected expected;

  private AttentionCases(Seeds seeds, DType type, Expected expected) {
    this.seeds = seeds;
    this.type = type;
    this.expected = expected;
  }

  static List<OpCase> of(Seeds seeds, DType type, Expected expected) {
    AttentionCases made = new AttentionCases(seeds, type, expected);
    for (int flags = 0; flags < 64; flags++) {
      made.flags(flags, new Sizes(2, 4, 6, 4, flags % 3 == 0 ? 4 : 2, 4), flags % 2 + 1);
    }
    int causal = 1;
    int lengths = 8;
    int mask = 16;
    made.flags(causal, new Sizes(1, 1, 1, 1, 1, 1), 1);
    made.flags(causal, new Sizes(2, 25, 25, 2, 1, 13), 1);
    made.flags(lengths | causal, new Sizes(3, 1, 207, 4, 2, 6), 1);
    made.flags(mask, new Sizes(2, 13, 70, 3, 3, 32), 1);
    made.flags(causal, new Sizes(1, 70, 70, 2, 2, 64), 1);
    made.flags(63, new Sizes(2, 25, 67, 4, 1, 25), 2);
    made.flags(0, new Sizes(0, 4, 4, 2, 2, 4), 1);
    return made.cases;
  }

  /** Small operands: attention and its gradients have less than 450 elements, all together. */
  static List<OpCase> few(Seeds seeds, DType type, Expected expected) {
    AttentionCases made = new AttentionCases(seeds, type, expected);
    for (int flags : PAIRS) {
      made.flags(flags, new Sizes(2, 3, 5, 2, flags % 2 + 1, 4), flags % 2 + 1);
    }
    int causal = 1;
    made.flags(causal, new Sizes(1, 1, 1, 1, 1, 1), 1);
    made.flags(causal, new Sizes(1, 3, 20, 2, 1, 4), 1); // more keys than lanes
    made.flags(0, new Sizes(1, 2, 2, 1, 1, 25), 1); // heads wider than a vector
    made.flags(0, new Sizes(0, 4, 4, 2, 2, 4), 1);
    return made.cases;
  }

  private void flags(int flags, Sizes z, int biases) {
    boolean causal = (flags & 1) != 0;
    int window = (flags & 2) != 0 ? 2 : 0;
    float cap = (flags & 4) != 0 ? 1.5f : 0;
    boolean lengths = (flags & 8) != 0;
    boolean mask = (flags & 16) != 0;
    boolean bias = (flags & 32) != 0;
    float scale = (float) (1 / Math.sqrt(z.width));
    for (float dropout : new float[] {0, 0.3f}) {
      add(new Attention(scale, causal, window, cap, lengths, mask, bias, dropout, 5), z, biases);
    }
  }

  private void add(Attention op, Sizes z, int biases) {
    Operand kv = seeds.normal(type, z.batch, z.keys, z.kvHeads, z.width);
    List<Operand> in = new ArrayList<>();
    in.add(seeds.normal(type, z.batch, z.queries, z.heads, z.width));
    in.add(kv);
    in.add(seeds.normal(type, z.batch, z.keys, z.kvHeads, z.width));
    if (op.lengths()) { // some shorter than the queries: their first queries see nothing
      in.add(seeds.integers(DType.I32, 0, z.keys + 1, z.batch));
    }
    if (op.mask()) {
      in.add(mask(z));
    }
    if (op.bias()) {
      int rows = biases == 1 ? 1 : z.batch;
      in.add(seeds.normal(type, rows, z.heads, z.queries, z.keys));
    }
    if (op.dropout() > 0) {
      in.add(Operand.of(TensorSpec.of(DType.I64, 3), 42, 3, 10));
    }
    long terms = 4L * (z.keys + z.width); // two products and a softmax
    cases.add(OpCase.of(op, terms, in.toArray(Operand[]::new)));
    List<Operand> back = new ArrayList<>(in);
    back.add(expected.of(op, in, 0, type));
    back.add(expected.of(op, in, 1, DType.wider(type, DType.F32)));
    back.add(seeds.normal(type, z.batch, z.queries, z.heads, z.width));
    long backTerms = 2 * terms + 4L * z.queries * z.heads / z.kvHeads;
    // a query that sees one key has no gradient: all of it cancels
    OpCase backward = OpCase.of(new AttentionGrad(op), backTerms, back.toArray(Operand[]::new));
    cases.add(backward.cancelling(1));
  }

  /** Random, but for the last sequence, all of whose keys are hidden. */
  private Operand mask(Sizes z) {
    double[] values = seeds.integers(DType.U8, 0, 2, z.batch, z.keys).values();
    for (int s = 0; s < z.keys && z.batch > 1; s++) {
      values[(z.batch - 1) * z.keys + s] = 0;
    }
    return Operand.of(TensorSpec.of(DType.U8, z.batch, z.keys), values);
  }
}
