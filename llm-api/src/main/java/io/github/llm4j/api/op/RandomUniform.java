package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Uniform numbers in [0, 1) from {@link io.github.llm4j.api.random.Philox}. A primitive.
 *
 * <p>Shapes: {@code state [3] (I64): seed, step, global index of row 0 -> y [B, ..]} in F32; the
 * row is the index along axis 0, the element the place within it.
 *
 * @param key hash of the layer path and the draw's name
 * @param shape shape of y, of rank 1 or more
 */
public record RandomUniform(int key, Shape shape) implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.dtype(this, "state", inputs.get(0), DType.I64);
    OpCheck.shape(this, "state", inputs.get(0), Shape.of(3));
    return List.of(Output.plain(new TensorSpec(shape, DType.F32)));
  }
}
