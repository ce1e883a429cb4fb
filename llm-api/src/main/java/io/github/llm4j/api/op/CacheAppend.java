package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Writes new rows behind those that a cache holds. An update.
 *
 * <p>Shapes: {@code cache [B, S, ..], rows [B, T, ..], lengths [B] (I32)}; row t of sequence b goes
 * to place {@code lengths[b] + t}; the types agree.
 */
public record CacheAppend() implements Update {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 3);
    TensorSpec cache = inputs.get(0);
    TensorSpec rows = inputs.get(1);
    OpCheck.rank(this, "cache", cache, 3);
    OpCheck.dtype(this, "rows", rows, cache.dtype());
    OpCheck.that(
        rows.shape().rank() == cache.shape().rank()
            && rows.shape().with(1, 1).equals(cache.shape().with(1, 1))
            && rows.shape().size(1) <= cache.shape().size(1),
        this,
        "rows must agree with the cache in all axes but 1 and not exceed it there",
        cache + " and " + rows);
    OpCheck.dtype(this, "lengths", inputs.get(2), DType.I32);
    OpCheck.shape(this, "lengths", inputs.get(2), Shape.of(cache.shape().size(0)));
    return List.of(Output.plain(cache));
  }

  @Override
  public List<Integer> overwrites() {
    return List.of(0);
  }
}
