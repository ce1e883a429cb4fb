package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The definition of attention and of its gradients with whole score matrices, in primitives.
 *
 * <p>Query heads of one key head are laid behind each other as rows, so that grouped heads need no
 * copy of k and v: q becomes {@code [B, K, G T, D]}, scores {@code [B, K, G T, S]} with {@code G =
 * H / K}.
 */
final class AttentionMath {

  private final Attention op;
  private final Ops ops;
  private final List<Tensor> inputs;
  private final DType type;
  private final DType wide;
  private final int b;
  private final int t;
  private final int h;
  private final int s;
  private final int heads;

  AttentionMath(Attention op, Ops ops, List<Tensor> inputs) {
    this.op = op;
    this.ops = ops;
    this.inputs = inputs;
    Shape q = inputs.get(0).shape();
    this.type = inputs.get(0).dtype();
    this.wide = DType.wider(type, DType.F32);
    this.b = q.size(0);
    this.t = q.size(1);
    this.h = q.size(2);
    this.s = inputs.get(1).size(1);
    this.heads = inputs.get(1).size(2);
  }

  List<Tensor> forward() {
    Tensor scores = visible(capped(scores()), -Double.POSITIVE_INFINITY);
    Tensor floor = ops.fill(-1e30, scores.spec().as(scores.shape().with(-1, 1)));
    Tensor max = ops.max(ops.apply(new MaxOf(-1), List.of(scores)).get(0), floor);
    Tensor e = ops.exp(ops.add(scores, ops.broadcast(ops.scale(max, -1, 0), scores.shape())));
    Tensor sum = ops.sum(e, -1); // [B, K, G T, 1]
    Tensor nothing = ops.compare(Compare.Relation.EQUAL, sum, ops.fill(0, sum.spec()));
    Tensor safe = ops.where(nothing, ops.fill(1, sum.spec()), sum);
    Tensor lse = ops.add(max, ops.log(safe));
    Tensor p = ops.mul(e, ops.broadcast(ops.reciprocal(safe), e.shape()));
    Tensor y = ops.matmul(dropped(p), keys(inputs.get(2)), false, false, wide);
    return List.of(ops.cast(rowsToHeads(y), type), ops.reshape(rowsToHeads(lse), lseShape()));
  }

  List<Tensor> backward(Tensor y, Tensor lse, Tensor dy) {
    Tensor capped = capped(scores());
    Tensor visible = visible(capped, -Double.POSITIVE_INFINITY);
    Tensor lseRows = headsToRows(ops.reshape(lse, Shape.of(b, t, h, 1)));
    Tensor p = ops.exp(ops.add(visible, ops.scale(ops.broadcast(lseRows, visible.shape()), -1, 0)));
    Tensor dyRows = toRows(dy);
    Tensor dv = ops.matmul(dropped(p), dyRows, true, false, wide); // [B, K, S, D]
    Tensor dp = dropped(ops.matmul(dyRows, keys(inputs.get(2)), false, true, wide));
    Tensor delta = ops.sum(ops.mul(dyRows, toRows(y)), -1); // [B, K, G T, 1]
    Tensor inner = ops.add(dp, ops.scale(ops.broadcast(delta, dp.shape()), -1, 0));
    Tensor dBiased = ops.mul(p, inner);
    Tensor dScores = dBiased;
    if (op.softCap() > 0) {
      Tensor ratio = ops.scale(scores(), 1 / op.softCap(), 0);
      Tensor tanh = ops.tanh(ratio);
      dScores = ops.mul(dScores, ops.scale(ops.mul(tanh, tanh), -1, 1));
    }
    dScores = ops.scale(dScores, op.scale(), 0);
    Tensor dq = rowsToHeads(ops.matmul(dScores, keys(inputs.get(1)), false, false, wide));
    Tensor dk = ops.matmul(dScores, toRows(inputs.get(0)), true, false, wide); // [B, K, S, D]
    List<Tensor> grads = new ArrayList<>();
    grads.add(ops.cast(dq, type));
    grads.add(ops.cast(fromKeys(dk), type));
    grads.add(ops.cast(fromKeys(dv), type));
    if (op.bias()) {
      Tensor whole = ops.reshape(dBiased, Shape.of(b, h, t, s));
      Tensor bias = inputs.get(op.biasAt());
      Tensor sum = bias.size(0) == b ? whole : ops.sum(whole, 0);
      grads.add(ops.cast(sum, bias.dtype()));
    }
    return grads;
  }

  /** Scaled products of queries and keys. */
  private Tensor scores() {
    Tensor products = ops.matmul(toRows(inputs.get(0)), keys(inputs.get(1)), false, true, wide);
    return ops.scale(products, op.scale(), 0); // [B, K, G T, S]
  }

  private Tensor capped(Tensor scores) {
    Tensor capped =
        op.softCap() > 0
            ? ops.scale(ops.tanh(ops.scale(scores, 1 / op.softCap(), 0)), op.softCap(), 0)
            : scores;
    if (!op.bias()) {
      return capped;
    }
    Tensor bias = ops.cast(inputs.get(op.biasAt()), wide);
    Tensor whole = ops.broadcast(bias, Shape.of(b, h, t, s));
    return ops.add(capped, ops.reshape(whole, capped.shape()));
  }

  /** Scores where a key is visible, else {@code hidden}. */
  private Tensor visible(Tensor scores, double hidden) {
    Shape grid = Shape.of(b, t, s);
    Tensor keys = ops.broadcast(ops.reshape(ops.iota(s), Shape.of(1, 1, s)), grid);
    Tensor queries = ops.broadcast(ops.reshape(ops.iota(t), Shape.of(1, t, 1)), grid);
    Tensor ends =
        op.lengths()
            ? ops.broadcast(ops.reshape(inputs.get(op.lengthsAt()), Shape.of(b, 1, 1)), grid)
            : ops.fill(s, new TensorSpec(grid, DType.I32));
    // place of a query: end - T + t
    Tensor places = ops.add(ops.scale(ends, 1, -t), queries);
    Tensor all = ops.compare(Compare.Relation.LESS, keys, ends);
    if (op.causal()) {
      all = and(all, ops.compare(Compare.Relation.LESS_OR_EQUAL, keys, places));
    }
    if (op.window() > 0) {
      Tensor w = ops.fill(op.window(), keys.spec());
      Tensor ahead = ops.add(keys, ops.scale(places, -1, 0));
      all = and(all, ops.compare(Compare.Relation.LESS, ahead, w));
      all = and(all, ops.compare(Compare.Relation.LESS, ops.scale(ahead, -1, 0), w));
    }
    if (op.mask()) {
      Tensor mask = ops.reshape(inputs.get(op.maskAt()), Shape.of(b, 1, s));
      all = and(all, ops.broadcast(mask, grid));
    }
    Tensor spread = ops.broadcast(ops.reshape(all, Shape.of(b, 1, t, s)), Shape.of(b, h, t, s));
    return ops.where(ops.reshape(spread, scores.shape()), scores, ops.fill(hidden, scores.spec()));
  }

  private Tensor and(Tensor a, Tensor other) {
    return ops.where(a, other, ops.fill(0, a.spec()));
  }

  private Tensor dropped(Tensor p) {
    if (op.dropout() == 0) {
      return p;
    }
    Tensor whole = ops.reshape(p, Shape.of(b, h, t, s));
    Tensor state = inputs.get(op.stateAt());
    Dropout dropout = new Dropout(op.dropout(), op.key());
    return ops.reshape(ops.apply(dropout, List.of(whole, state)).get(0), p.shape());
  }

  /** [B, T, H, D] to [B, K, G T, D]. */
  private Tensor toRows(Tensor x) {
    return headsToRows(ops.cast(x, wide));
  }

  private Tensor headsToRows(Tensor x) {
    Tensor byHead = ops.permute(x, List.of(0, 2, 1, 3)); // [B, H, T, ..]
    return ops.reshape(byHead, Shape.of(b, heads, h / heads * t, x.shape().last()));
  }

  /** [B, K, G T, ..] to [B, T, H, ..]. */
  private Tensor rowsToHeads(Tensor x) {
    Tensor byHead = ops.reshape(x, Shape.of(b, h, t, x.shape().last()));
    return ops.permute(byHead, List.of(0, 2, 1, 3));
  }

  /** [B, S, K, D] to [B, K, S, D]. */
  private Tensor keys(Tensor x) {
    return ops.permute(ops.cast(x, wide), List.of(0, 2, 1, 3));
  }

  private Tensor fromKeys(Tensor x) {
    return ops.permute(x, List.of(0, 2, 1, 3));
  }

  private Shape lseShape() {
    return Shape.of(b, t, h);
  }
}
