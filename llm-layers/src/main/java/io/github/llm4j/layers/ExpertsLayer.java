package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.op.Compare;
import io.github.llm4j.api.op.Cumsum;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Sort;
import io.github.llm4j.api.op.TopK;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Mixture of experts. Tokens are grouped by expert: of N tokens, each of which meets k experts,
 * exactly {@code R = N k} rows are laid behind each other in the order of their experts, so that no
 * shape depends on where tokens go.
 *
 * <p>Parameters: {@code router [E, C]}, {@code experts.gate, experts.up [E, F, C]}, {@code
 * experts.down [E, C, F]}. Router and weights in F32.
 *
 * <p>Load balance: Fedus, Zoph, Shazeer 2022, arXiv:2101.03961, eq. 4, but for each row of the
 * batch by itself, then their mean (DeepSeek-AI 2024, arXiv:2412.19437, eq. 17 to 20): a product of
 * two means over a batch would depend on how the batch is split into micro-batches.
 */
final class ExpertsLayer implements Layer {
  private final ExpertsSettings settings;
  private final Layer router;
  private final Parameter gate;
  private final Parameter up;
  private final Parameter down;

  ExpertsLayer(ExpertsSettings settings, LayerContext context) {
    int c = context.dModel();
    int e = settings.experts();
    int f = settings.dFf();
    this.settings = settings;
    this.router = context.linear("router", c, e, false, Initial.weight());
    LayerContext experts = context.child("experts", context.block());
    this.gate = experts.matrix("gate", Shape.of(e, f, c), Initial.weight());
    this.up = experts.matrix("up", Shape.of(e, f, c), Initial.weight());
    this.down = experts.matrix("down", Shape.of(e, c, f), Initial.branchEnd(context));
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    Ops ops = pass.ops();
    int n = x.shape().rows();
    int c = x.shape().last();
    int k = settings.active();
    int rows = n * k;
    DType wide = DType.wider(x.dtype(), DType.F32);
    Tensor tokens = ops.reshape(x, Shape.of(n, c));
    Tensor logits = ops.cast(router.forward(tokens, pass), wide);
    Tensor shares = ops.softmax(logits); // [N, E]
    List<Tensor> top = ops.apply(new TopK(k), List.of(shares)); // [N, k] each
    Tensor weights = settings.normalise() ? toSumOne(ops, top.get(0)) : top.get(0);
    Tensor chosen = ops.reshape(top.get(1), Shape.of(rows));
    Tensor order = ops.apply(new Sort(), List.of(chosen)).get(0); // [R], rows by expert
    Tensor owners =
        ops.broadcast(ops.reshape(ops.iota(n), Shape.of(n, 1)), Shape.of(n, k)); // row's token
    Tensor owner = ops.gatherRows(ops.reshape(owners, Shape.of(rows)), order); // [R]
    Tensor hits = hits(ops, chosen, rows, wide); // [R, E]
    Tensor counts = ops.sum(hits, 0); // [1, E]
    Tensor offsets = offsets(ops, counts);
    DType type = x.dtype();
    Tensor grouped = ops.gatherRows(tokens, owner); // [R, C]
    Tensor g = ops.groupedMatmul(grouped, pass.weight(gate), offsets, false, type);
    Tensor u = ops.groupedMatmul(grouped, pass.weight(up), offsets, false, type); // [R, F]
    Tensor y = ops.groupedMatmul(ops.swiGlu(g, u), pass.weight(down), offsets, false, wide);
    Tensor weight = ops.gatherRows(ops.reshape(weights, Shape.of(rows, 1)), order); // [R, 1]
    y = ops.mul(y, ops.broadcast(weight, y.shape()));
    if (pass.mode() == Mode.TRAIN && settings.loadBalance() > 0) {
      pass.losses().add(loadBalance(ops, shares, hits, x.shape()));
    }
    Tensor sum = ops.scatterAddRows(y, owner, n); // [N, C]
    return ops.cast(ops.reshape(sum, x.shape()), type);
  }

  private static Tensor toSumOne(Ops ops, Tensor weights) {
    Tensor sum = ops.reciprocal(ops.sum(weights, -1));
    return ops.mul(weights, ops.broadcast(sum, weights.shape()));
  }

  private Tensor hits(Ops ops, Tensor chosen, int rows, DType wide) {
    Shape grid = Shape.of(rows, settings.experts());
    Tensor each = ops.broadcast(ops.iota(settings.experts()), grid);
    Tensor wanted = ops.broadcast(ops.reshape(chosen, Shape.of(rows, 1)), grid);
    return ops.cast(ops.compare(Compare.Relation.EQUAL, each, wanted), wide); // [R, E]
  }

  /** First row of each expert, and the end: [E + 1]. */
  private Tensor offsets(Ops ops, Tensor counts) {
    Tensor ends = ops.apply(new Cumsum(false), List.of(counts)).get(0);
    Tensor zero = ops.fill(0, new TensorSpec(Shape.of(1, 1), counts.dtype()));
    Tensor all = ops.concat(1, List.of(zero, ends));
    return ops.cast(ops.reshape(all, Shape.of(settings.experts() + 1)), DType.I32);
  }

  /** E times the sum over experts of (share of tokens) (mean share of the router), by batch row. */
  private Tensor loadBalance(Ops ops, Tensor shares, Tensor hits, Shape stream) {
    int e = settings.experts();
    int b = stream.rank() > 2 ? stream.size(0) : 1;
    int t = stream.rows() / b;
    int k = settings.active();
    double factor = settings.loadBalance() * e / ((double) t * k * t * b);
    Tensor counts = ops.sum(ops.reshape(hits, Shape.of(b, t * k, e)), 1); // [B, 1, E]
    Tensor sums = ops.sum(ops.reshape(shares, Shape.of(b, t, e)), 1); // [B, 1, E]
    Tensor product = ops.reshape(ops.mul(counts, sums), Shape.of(1, b * e));
    return ops.reshape(ops.scale(ops.sum(product, 1), factor, 0), Shape.of(1));
  }
}
