package io.github.llm4j.runtime.family;

import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a checkpoint and the parameters in it.
 *
 * @param tensor its name in the checkpoint
 * @param parts the parameters, one behind the other along axis 0
 * @param transpose whether the checkpoint holds the matrix [in, out]
 */
public record TensorMapping(String tensor, List<Parameter> parts, boolean transpose) {

  /** Copies the list. */
  public TensorMapping {
    parts = List.copyOf(parts);
  }

  /** Shape in the checkpoint. */
  public List<Long> shape() {
    Shape first = parts.getFirst().shape();
    List<Long> shape = new ArrayList<>();
    for (int size : first.sizes()) {
      shape.add((long) size);
    }
    shape.set(0, parts.stream().mapToLong(p -> p.shape().size(0)).sum());
    return turned() ? shape.reversed() : shape;
  }

  /** Whether the tensor is one parameter as it is. */
  public boolean isPlain() {
    return parts.size() == 1 && !turned();
  }

  private boolean turned() {
    return transpose && parts.getFirst().shape().rank() == 2;
  }

  /** The values of each parameter in a tensor's. */
  public List<float[]> split(float[] values) {
    List<Long> shape = shape();
    float[] rows = turned() ? transposed(values, shape.get(0).intValue()) : values;
    List<float[]> split = new ArrayList<>();
    int at = 0;
    for (Parameter part : parts) {
      int size = Math.toIntExact(part.shape().elements());
      split.add(Arrays.copyOfRange(rows, at, at + size));
      at += size;
    }
    return split;
  }

  /** The tensor's values of each parameter's. */
  public float[] join(List<float[]> values) {
    float[] rows = new float[values.stream().mapToInt(v -> v.length).sum()];
    int at = 0;
    for (float[] part : values) {
      System.arraycopy(part, 0, rows, at, part.length);
      at += part.length;
    }
    return turned() ? transposed(rows, shape().get(1).intValue()) : rows;
  }

  /** [rows, columns] to [columns, rows]. */
  private static float[] transposed(float[] values, int rows) {
    int columns = rows == 0 ? 0 : values.length / rows;
    float[] turned = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = values[r * columns + c];
      }
    }
    return turned;
  }
}
