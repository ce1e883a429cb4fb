package io.github.llm4j.backend.cpu.product;

import io.github.llm4j.api.op.Linear;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * A batch of products {@code y [M, N] = a [M, K] b [K, N]} as they lie in memory.
 *
 * @param batch number of products behind each other
 * @param m rows of y
 * @param n columns of y
 * @param k inner size
 * @param transposeA whether a lies as [K, M]
 * @param transposeB whether b lies as [N, K]
 * @param in type of a and b
 * @param out type of y
 * @param bias whether a vector [N] (F32) is added to each row
 */
public record Product(
    int batch,
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    DType in,
    DType out,
    boolean bias) {

  /** The product that an op is, if its types are F32 or bf16 and nothing is empty. */
  public static Optional<Product> of(Op op, List<TensorSpec> inputs) {
    Optional<Product> product =
        switch (op) {
          case Matmul matmul -> Optional.of(of(matmul, inputs));
          case Linear linear -> of(linear, inputs);
          default -> Optional.empty();
        };
    return product.filter(Product::known);
  }

  private static Product of(Matmul op, List<TensorSpec> inputs) {
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    return new Product(
        Math.toIntExact(a.product(0, a.rank() - 2)),
        a.size(op.transposeA() ? -1 : -2),
        b.size(op.transposeB() ? -2 : -1),
        a.size(op.transposeA() ? -2 : -1),
        op.transposeA(),
        op.transposeB(),
        inputs.get(0).dtype(),
        op.out(),
        false);
  }

  private static Optional<Product> of(Linear op, List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    TensorSpec weight = inputs.get(1);
    if (weight.dtype() != inputs.get(0).dtype()
        || (op.bias() && inputs.get(2).dtype() != DType.F32)) {
      return Optional.empty();
    }
    return Optional.of(
        new Product(
            1,
            x.rows(),
            weight.shape().size(0),
            x.last(),
            false,
            true,
            weight.dtype(),
            op.out(),
            op.bias()));
  }

  private boolean known() {
    boolean types =
        (in == DType.F32 && out == DType.F32)
            || (in == DType.BF16 && (out == DType.F32 || out == DType.BF16));
    return types && batch > 0 && m > 0 && n > 0 && k > 0;
  }

  /** Floating-point operations. */
  public double flops() {
    return 2.0 * batch * m * n * k;
  }
}
