package io.github.llm4j.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.op.AttentionGrad;
import io.github.llm4j.api.op.Linear;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlopsTest {

  private static double flops(Op op, TensorSpec... inputs) {
    return work(op, inputs).total();
  }

  private static Work work(Op op, TensorSpec... inputs) {
    List<TensorSpec> in = List.of(inputs);
    List<TensorSpec> out = op.outputs(in).stream().map(Output::spec).toList();
    return Flops.of(new PlanEntry(0, op, "", in, out, 0));
  }

  private static TensorSpec f32(int... sizes) {
    return TensorSpec.of(DType.F32, sizes);
  }

  @Test
  void productsCountTwoForEachPair() {
    double expected = 2.0 * 3 * 5 * 7 * 11;
    assertEquals(expected, flops(new Matmul(false, false, DType.F32), f32(3, 5, 7), f32(3, 7, 11)));
    assertEquals(expected, flops(new Matmul(true, true, DType.F32), f32(3, 7, 5), f32(3, 11, 7)));
    assertEquals(
        2.0 * 6 * 7 * 11, flops(new Linear(true, DType.F32), f32(2, 3, 7), f32(11, 7), f32(11)));
  }

  @Test
  void causalAttentionCountsWhatIsSeen() {
    TensorSpec q = f32(2, 4, 3, 8);
    // queries see 1, 2, 3, 4 keys: 10 for each of 6 heads, of 8 elements, in two products
    double seen = 2 * 2.0 * 6 * 10 * 8;
    Attention causal = Attention.of(1, true);
    assertEquals(new Work(0, seen), work(causal, q, q, q));
    assertEquals(2 * 2.0 * 6 * 16 * 8, flops(Attention.of(1, false), q, q, q));
    List<TensorSpec> in = new ArrayList<>(List.of(q, q, q, q, f32(2, 4, 3), q));
    assertEquals(2.5 * seen, flops(new AttentionGrad(causal), in.toArray(TensorSpec[]::new)));
  }

  @Test
  void elementwiseWorkIsNotCounted() {
    assertEquals(0, flops(new Add(), f32(5), f32(5)));
  }
}
