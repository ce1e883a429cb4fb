package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Reshape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/** Ops that run each kernel as a trial, on any backend: for fusions that it takes apart. */
final class TrialOps implements Ops {
  private final Backend backend;

  TrialOps(Backend backend) {
    this.backend = backend;
  }

  /** An operand's handle. */
  private static final class Handle implements Tensor {
    private final Operand operand;

    Handle(Operand operand) {
      this.operand = operand;
    }

    @Override
    public TensorSpec spec() {
      return operand.spec();
    }
  }

  /** The op's outputs by its decomposition. */
  List<Operand> run(Op op, List<Operand> inputs) {
    List<Tensor> handles = inputs.stream().map(o -> (Tensor) new Handle(o)).toList();
    return apply(op, handles).stream().map(TrialOps::operand).toList();
  }

  private static Operand operand(Tensor tensor) {
    return ((Handle) tensor).operand;
  }

  @Override
  public List<Tensor> apply(Op op, List<Tensor> inputs) {
    OpCase tried = OpCase.of(op, 0, inputs.stream().map(TrialOps::operand).toArray(Operand[]::new));
    if (op instanceof Reshape) {
      TensorSpec spec = tried.outputs().get(0).spec();
      return List.of(new Handle(new Operand(spec, tried.inputs().get(0).memory())));
    }
    Optional<Kernel> kernel = backend.kernel(op, tried.specs());
    if (kernel.isEmpty() && op instanceof Decomposable decomposable) {
      return decomposable.decompose(this, inputs);
    }
    Kernel found =
        kernel.orElseThrow(() -> new AssertionError(tried + ": a kernel expected, found none"));
    return new Trial(backend, found, tried, i -> true)
        .run(1).stream().map(o -> (Tensor) new Handle(o)).toList();
  }
}
