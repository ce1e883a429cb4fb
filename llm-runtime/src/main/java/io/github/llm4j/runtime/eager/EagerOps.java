package io.github.llm4j.runtime.eager;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.error.UnsupportedOpException;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.op.Reshape;
import io.github.llm4j.api.op.Update;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.plan.ExternalOps;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes each op at once, on a backend whose memory the host can read. All results live until
 * {@link #close}.
 */
public final class EagerOps implements ExternalOps, AutoCloseable {
  private final Backend backend;
  private final Arena arena = Arena.ofShared();

  /** Ops on this backend. */
  public EagerOps(Backend backend) {
    this.backend = backend;
  }

  @Override
  public Tensor external(MemorySegment memory, TensorSpec spec) {
    return new EagerTensor(spec, memory.asSlice(0, spec.bytes()));
  }

  /** A tensor with these elements, converted to the spec's type. */
  public Tensor of(TensorSpec spec, double... values) {
    Tensor tensor = allocate(spec);
    Values.write(memory(tensor), spec, values);
    return tensor;
  }

  /** A tensor with these elements. */
  public Tensor of(TensorSpec spec, float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return of(spec, wide);
  }

  /** A tensor of ids. */
  public Tensor ids(Shape shape, int... values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return of(new TensorSpec(shape, DType.I32), wide);
  }

  /** All elements as doubles. */
  public double[] values(Tensor tensor) {
    return Values.read(memory(tensor), tensor.spec());
  }

  /** The bytes of a tensor. */
  public MemorySegment memory(Tensor tensor) {
    return ((EagerTensor) tensor).memory();
  }

  @Override
  public List<Tensor> apply(Op op, List<Tensor> inputs) {
    List<TensorSpec> specs = inputs.stream().map(Tensor::spec).toList();
    List<Output> declared = op.outputs(specs);
    if (op instanceof Reshape) {
      return List.of(new EagerTensor(declared.get(0).spec(), memory(inputs.get(0))));
    }
    Optional<Kernel> kernel = backend.kernel(op, specs);
    if (kernel.isEmpty()) {
      if (op instanceof Decomposable decomposable) {
        return decomposable.decompose(this, inputs);
      }
      throw new UnsupportedOpException(
          op.name()
              + ": backend '"
              + backend.name()
              + "' must have a kernel, found none and no"
              + " decomposition, for "
              + specs
              + ". Add a KernelProvider or implement Decomposable.");
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      outputs.add(
          op instanceof Update update
              ? inputs.get(update.overwrites().get(i))
              : allocate(declared.get(i).spec()));
    }
    MemorySegment workspace = arena.allocate(kernel.get().workspaceBytes(), 64);
    kernel.get().bind(new Whole(inputs, outputs, workspace)).run();
    return List.copyOf(outputs);
  }

  private Tensor allocate(TensorSpec spec) {
    return new EagerTensor(spec, arena.allocate(spec.bytes(), 64));
  }

  /** Frees all results. */
  @Override
  public void close() {
    arena.close();
  }

  private record Whole(List<Tensor> inputs, List<Tensor> outputs, MemorySegment workspace)
      implements Bindings {
    @Override
    public MemorySegment input(int index) {
      return ((EagerTensor) inputs.get(index)).memory();
    }

    @Override
    public MemorySegment output(int index) {
      return ((EagerTensor) outputs.get(index)).memory();
    }

    @Override
    public boolean wanted(int index) {
      return true;
    }

    @Override
    public boolean accumulate(int index) {
      return false;
    }
  }
}
