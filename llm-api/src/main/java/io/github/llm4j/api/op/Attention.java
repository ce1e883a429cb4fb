package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Scaled dot-product attention over heads that lie side by side: {@code y = softmax(scale q k' +
 * bias) v}, without ever holding T x S scores in a kernel.
 *
 * <p>Shapes: {@code q [B, T, H, D], k [B, S, K, D], v [B, S, K, D] -> y [B, T, H, D], lse [B, T,
 * H]} (F32; F64 for F64); query head h reads key head {@code h / (H / K)}. Optional operands behind
 * v, in this order: {@code lengths [B] (I32)} if lengths: keys {@code s >= lengths[b]} are
 * invisible, and the last query stands at place {@code lengths[b] - 1} instead of {@code S - 1};
 * {@code mask [B, S] (U8)} if mask: keys with 0 are invisible; {@code bias [1 or B, H, T, S]} if
 * bias: added to the scores; {@code state [3] (I64)} if dropout is above 0. <br>
 * With causal, the query at place p sees keys {@code s <= p}; with window w also only {@code |p -
 * s| < w}. A query that sees nothing gives zeros. <br>
 * Numerics: scores and softmax in F32 for shorter types. <br>
 * Saved: q, k, v, y, lse.
 *
 * <p>Vaswani et al. 2017, arXiv:1706.03762, eq. 1; computed as in Dao 2023, arXiv:2307.08691,
 * algorithms 1 and 2. Dropout's element of (b; h, t, s) is {@code (h T + t) S + s} of row b.
 *
 * @param scale multiplies the products
 * @param causal whether a query sees no later key
 * @param window keys that a query sees to one side, itself counted; 0 for all
 * @param softCap c if scores become {@code c tanh(score / c)} before the mask; 0 for none
 * @param lengths whether there is an operand lengths
 * @param mask whether there is an operand mask
 * @param bias whether there is an operand bias
 * @param dropout probability with which a weight is set to zero
 * @param key hash of the layer path and the draw's name
 */
public record Attention(
    float scale,
    boolean causal,
    int window,
    float softCap,
    boolean lengths,
    boolean mask,
    boolean bias,
    float dropout,
    int key)
    implements Decomposable, Differentiable {

  /** Plain attention of this scale and causality. */
  public static Attention of(float scale, boolean causal) {
    return new Attention(scale, causal, 0, 0, false, false, false, 0, 0);
  }

  /** Index of the operand lengths. */
  public int lengthsAt() {
    return 3;
  }

  /** Index of the operand mask. */
  public int maskAt() {
    return 3 + (lengths ? 1 : 0);
  }

  /** Index of the operand bias. */
  public int biasAt() {
    return maskAt() + (mask ? 1 : 0);
  }

  /** Index of the operand state. */
  public int stateAt() {
    return biasAt() + (bias ? 1 : 0);
  }

  /** Number of operands. */
  public int operands() {
    return stateAt() + (dropout > 0 ? 1 : 0);
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, operands());
    check(inputs);
    Shape q = inputs.get(0).shape();
    int b = q.size(0);
    int s = inputs.get(1).shape().size(1);
    if (lengths) {
      OpCheck.shape(this, "lengths", inputs.get(lengthsAt()), Shape.of(b));
      OpCheck.dtype(this, "lengths", inputs.get(lengthsAt()), DType.I32);
    }
    if (mask) {
      OpCheck.shape(this, "mask", inputs.get(maskAt()), Shape.of(b, s));
      OpCheck.dtype(this, "mask", inputs.get(maskAt()), DType.U8);
    }
    if (bias) {
      Shape bias = inputs.get(biasAt()).shape();
      OpCheck.that(
          bias.rank() == 4
              && (bias.size(0) == 1 || bias.size(0) == b)
              && bias.with(0, b).equals(Shape.of(b, q.size(2), q.size(1), s)),
          this,
          "bias must be [1 or B, H, T, S]",
          bias);
    }
    DType wide = DType.wider(inputs.get(0).dtype(), DType.F32);
    return List.of(
        Output.of(inputs.get(0)),
        Output.saved(new TensorSpec(Shape.of(b, q.size(1), q.size(2)), wide)));
  }

  private void check(List<TensorSpec> in) {
    TensorSpec q = in.get(0);
    TensorSpec k = in.get(1);
    OpCheck.isFloat(this, "q", q);
    OpCheck.that(q.shape().rank() == 4, this, "q must be [B, T, H, D]", q);
    OpCheck.that(
        k.shape().rank() == 4
            && k.shape().size(0) == q.shape().size(0)
            && k.shape().last() == q.shape().last()
            && k.shape().size(2) > 0
            && q.shape().size(2) % k.shape().size(2) == 0,
        this,
        "k must be [B, S, K, D] with B and D of q and K dividing H",
        "q " + q + " and k " + k);
    OpCheck.dtype(this, "k", k, q.dtype());
    OpCheck.that(in.get(2).equals(k), this, "v must be as k " + k, in.get(2));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    return new AttentionMath(this, ops, inputs).forward();
  }

  @Override
  public void vjp(Vjp vjp) {
    List<Tensor> in = new ArrayList<>();
    for (int i = 0; i < vjp.inputs(); i++) {
      in.add(vjp.input(i));
    }
    in.addAll(List.of(vjp.output(0), vjp.output(1), vjp.grad(0)));
    List<Tensor> grads = vjp.ops().apply(new AttentionGrad(this), in);
    for (int i = 0; i < 3; i++) {
      if (vjp.wants(i)) {
        vjp.give(i, grads.get(i));
      }
    }
    if (bias && vjp.wants(biasAt())) {
      vjp.give(biasAt(), grads.get(3));
    }
  }
}
