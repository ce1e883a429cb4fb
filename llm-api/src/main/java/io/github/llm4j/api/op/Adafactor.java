package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of Adafactor for one parameter. An update; with {@code finite = 0} it does nothing.
 *
 * <p>{@code g = scale grad; s = g^2 + eps1}. Factored: {@code r = b2 r + (1 - b2) (mean of s over
 * columns); c = b2 c + (1 - b2) (mean of s over rows); v = r c / mean(r)}, matrix by matrix; else
 * {@code v = b2 v + (1 - b2) s}. Then {@code u = g / sqrt(v); a = s rate max(eps2, rms(w)); d = a u
 * / max(1, rms(u) / clip); w = w - d - a decay w}, both rms over the whole parameter, w from before
 * the step. If the step isn't relative, {@code a = s rate}; s is lrScale. With beta1 above 0,
 * {@code m = beta1 m + (1 - beta1) d} takes the place of d.
 *
 * <p>Shapes: {@code w}; {@code r [.., R], c [.., C]} for w {@code [.., R, C]} if factored, else
 * {@code v} in w's shape; with beta1 {@code m} in w's shape; {@code grad}; then {@code hyper [2]}:
 * rate, {@code 1 - b2}; {@code scale [1], finite [1]}; and with copy {@code copy (BF16)} in w's
 * shape, which becomes w rounded. All else F32 (F64 for F64).
 *
 * <p>Shazeer and Stern 2018, arXiv:1804.04235, algorithms 4 (factored) and 5 (vectors), with
 * relative steps and clipping of section 8; r and c are means where the paper has sums, which
 * leaves v as it is. Momentum and decay as in the authors' Mesh TensorFlow.
 *
 * @param eps1 added to the squares
 * @param eps2 least scale of a parameter; relative steps only
 * @param clip bound of the direction's root mean square
 * @param beta1 decay of the momentum; 0 for none
 * @param decay of the weights
 * @param lrScale factor on the rate
 * @param factored whether the second moment is kept as a row and a column
 * @param relative whether the rate is multiplied by the parameter's root mean square
 * @param copy whether the last operand is a bf16 copy to write
 */
public record Adafactor(
    double eps1,
    double eps2,
    double clip,
    double beta1,
    double decay,
    double lrScale,
    boolean factored,
    boolean relative,
    boolean copy)
    implements Update {

  /** Index of the momentum, which stands behind the second moment. */
  public int momentum() {
    return factored ? 3 : 2;
  }

  /** Index of the gradient, which hyper, scale, finite and copy follow. */
  public int gradient() {
    return beta1 == 0 ? momentum() : momentum() + 1;
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, gradient() + (copy ? 5 : 4));
    TensorSpec w = inputs.get(0);
    if (factored) {
      OpCheck.rank(this, "w", w, 2);
      OpCheck.shape(this, "r", inputs.get(1), rows(w.shape()));
      OpCheck.shape(this, "c", inputs.get(2), columns(w.shape()));
    } else {
      OpCheck.shape(this, "v", inputs.get(1), w.shape());
    }
    for (int i = momentum(); i <= gradient(); i++) {
      OpCheck.shape(this, "operand " + i, inputs.get(i), w.shape());
    }
    OpCheck.shape(this, "hyper", inputs.get(gradient() + 1), Shape.of(2));
    List<Output> outputs = new ArrayList<>();
    for (int i : overwrites()) {
      outputs.add(Output.plain(inputs.get(i)));
    }
    return outputs;
  }

  @Override
  public List<Integer> overwrites() {
    List<Integer> overwrites = new ArrayList<>();
    for (int i = 0; i < gradient(); i++) {
      overwrites.add(i);
    }
    if (copy) {
      overwrites.add(gradient() + 4);
    }
    return overwrites;
  }

  /** Shape of the rows' means: {@code [.., R, C] -> [.., R]}. */
  public static Shape rows(Shape matrix) {
    return matrix.without(-1);
  }

  /** Shape of the columns' means: {@code [.., R, C] -> [.., C]}. */
  public static Shape columns(Shape matrix) {
    return matrix.without(-2);
  }
}
