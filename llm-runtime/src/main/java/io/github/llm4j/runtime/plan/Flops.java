package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.op.AttentionGrad;
import io.github.llm4j.api.op.GroupedMatmul;
import io.github.llm4j.api.op.GroupedOuter;
import io.github.llm4j.api.op.Linear;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.tensor.Shape;

/**
 * Floating-point operations of the products in a launch; a multiplication and an addition are two.
 * Element-wise work is not counted: it is bound by memory.
 */
final class Flops {
  private Flops() {}

  static Work of(PlanEntry entry) {
    double flops = flops(entry);
    boolean attention = entry.op() instanceof Attention || entry.op() instanceof AttentionGrad;
    return attention ? new Work(0, flops) : new Work(flops, 0);
  }

  private static double flops(PlanEntry entry) {
    return switch (entry.op()) {
      case Matmul matmul ->
          2.0 * output(entry) * shape(entry, 0).size(matmul.transposeA() ? -2 : -1);
      case Linear linear -> 2.0 * output(entry) * shape(entry, 0).last();
      case GroupedMatmul grouped -> 2.0 * output(entry) * shape(entry, 0).last();
      case GroupedOuter outer ->
          2.0 * shape(entry, 0).size(0) * shape(entry, 0).size(1) * shape(entry, 1).size(1);
      case Attention attention -> 2 * scores(attention, entry);
      case AttentionGrad grad -> 5 * scores(grad.forward(), entry);
      default -> 0;
    };
  }

  private static Shape shape(PlanEntry entry, int operand) {
    return entry.inputs().get(operand).shape();
  }

  private static double output(PlanEntry entry) {
    return (double) entry.outputs().get(0).shape().elements();
  }

  /** One product of queries with the keys that they see. */
  private static double scores(Attention op, PlanEntry entry) {
    Shape q = shape(entry, 0); // [B, T, H, D]
    double queries = q.size(1);
    double keys = shape(entry, 1).size(1);
    // the last query sees all keys, each before it one less
    double seen = op.causal() ? Math.max(1, keys - (queries - 1) / 2) : keys;
    double within = op.window() > 0 ? Math.min(seen, op.window()) : seen;
    return 2.0 * q.elements() * within;
  }
}
