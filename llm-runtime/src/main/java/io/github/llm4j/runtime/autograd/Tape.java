package io.github.llm4j.runtime.autograd;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.UnsupportedOpException;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Differentiable;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.op.Reshape;
import io.github.llm4j.api.op.Update;
import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ops over other ops, with a backward pass: an op with a vector-Jacobian product of its own becomes a
 * node, any other is taken apart until such ops remain. Backward walks the nodes from the last.
 */
public final class Tape implements Ops {
  private final Ops inner;
  private final Record record;

  /** What all views of one tape share. */
  private static final class Record {
    final List<Node> nodes = new ArrayList<>();
    final Map<Tensor, GradientSink> leaves;
    final Set<Tensor> tracked = Collections.newSetFromMap(new IdentityHashMap<>());
    final Map<Tensor, Tensor> grads = new IdentityHashMap<>();

    Record(Map<Tensor, GradientSink> leaves) {
      this.leaves = leaves;
      tracked.addAll(leaves.keySet());
    }
  }

  /** One step back. */
  private sealed interface Node {
    Ops ops();

    List<Tensor> inputs();

    List<Tensor> outputs();
  }

  private record Applied(Differentiable op, Ops ops, List<Tensor> inputs, List<Tensor> outputs)
      implements Node {}

  private record Recomputed(
      BiFunction<Ops, List<Tensor>, List<Tensor>> body,
      Ops ops,
      List<Tensor> inputs,
      List<Tensor> outputs)
      implements Node {}

  /** A tape over these ops. */
  public Tape(Ops inner) {
    this(inner, new Record(new IdentityHashMap<>()));
  }

  private Tape(Ops inner, Record record) {
    this.inner = inner;
    this.record = record;
  }

  /** Marks a tensor whose gradient is wanted, as a parameter's. */
  public void leaf(Tensor tensor, GradientSink sink) {
    record.leaves.put(tensor, sink);
    record.tracked.add(tensor);
  }

  @Override
  public Ops at(String path) {
    return new Tape(inner.at(path), record);
  }

  @Override
  public List<Tensor> apply(Op op, List<Tensor> inputs) {
    if (inputs.stream().noneMatch(record.tracked::contains)) {
      return inner.apply(op, inputs);
    }
    if (op instanceof Update) {
      throw new LlmException(
          ErrorKind.INTERNAL,
          op.name() + ": operands without gradient expected, found one that is differentiated."
              + " An update has no derivative; apply it outside the tape.");
    }
    if (op instanceof Differentiable differentiable) {
      return record(differentiable, inputs);
    }
    if (op instanceof Decomposable decomposable) {
      return decomposable.decompose(this, inputs);
    }
    List<Output> declared = op.outputs(inputs.stream().map(Tensor::spec).toList());
    if (declared.stream().anyMatch(o -> o.role() == Output.Role.DIFFERENTIABLE)) {
      throw new UnsupportedOpException(
          op.name() + ": a derivative expected, found an op that is neither Differentiable nor"
              + " Decomposable. Implement one of them.");
    }
    return inner.apply(op, inputs);
  }

  private List<Tensor> record(Differentiable op, List<Tensor> inputs) {
    List<Output> declared = op.outputs(inputs.stream().map(Tensor::spec).toList());
    List<Tensor> outputs = fresh(inner.apply(op, inputs), inputs);
    for (int i = 0; i < outputs.size(); i++) {
      if (declared.get(i).role() == Output.Role.DIFFERENTIABLE) {
        record.tracked.add(outputs.get(i));
      }
    }
    record.nodes.add(new Applied(op, inner, List.copyOf(inputs), outputs));
    return outputs;
  }

  /** Gradients are kept by handle, so an output that a decomposition passed through gets its own. */
  private List<Tensor> fresh(List<Tensor> outputs, List<Tensor> inputs) {
    List<Tensor> result = new ArrayList<>();
    for (Tensor output : outputs) {
      boolean passed = inputs.stream().anyMatch(x -> x == output);
      result.add(
          passed ? inner.apply(new Reshape(output.shape()), List.of(output)).get(0) : output);
    }
    return List.copyOf(result);
  }

  @Override
  public List<Tensor> recompute(
      BiFunction<Ops, List<Tensor>, List<Tensor>> body, List<Tensor> inputs) {
    List<Tensor> outputs = fresh(body.apply(inner, inputs), inputs);
    record.tracked.addAll(outputs);
    record.nodes.add(new Recomputed(body, inner, List.copyOf(inputs), outputs));
    return outputs;
  }

  /**
   * Walks back from an output.
   *
   * @param output what is differentiated, usually a loss
   * @param grad its gradient, of the same shape
   */
  public void backward(Tensor output, Tensor grad) {
    backward(List.of(output), Collections.singletonList(grad));
  }

  private void backward(List<Tensor> outputs, List<@Nullable Tensor> grads) {
    for (int i = 0; i < outputs.size(); i++) {
      Tensor grad = grads.get(i);
      if (grad != null && record.tracked.contains(outputs.get(i))) {
        give(inner, outputs.get(i), grad);
      }
    }
    for (int i = record.nodes.size() - 1; i >= 0; i--) {
      Node node = record.nodes.get(i);
      if (node.outputs().stream().anyMatch(record.grads::containsKey)) {
        switch (node) {
          case Applied applied -> applied.op().vjp(new TapeVjp(this, applied));
          case Recomputed recomputed -> again(recomputed);
        }
      }
      node.outputs().forEach(record.grads::remove); // no earlier node can read them
    }
  }

  /** Runs a body again under a tape of its own, and back. */
  private void again(Recomputed node) {
    Tape tape = new Tape(node.ops(), new Record(record.leaves));
    List<Tensor> watched = node.inputs().stream().filter(record.tracked::contains).toList();
    tape.record.tracked.addAll(watched);
    List<@Nullable Tensor> grads = new ArrayList<>();
    node.outputs().forEach(output -> grads.add(record.grads.get(output)));
    tape.backward(node.body().apply(tape, node.inputs()), grads);
    for (Tensor input : watched) {
      Tensor grad = tape.record.grads.get(input);
      if (grad != null) {
        give(node.ops(), input, grad);
      }
    }
  }

  /** Gradient of a tensor that is no leaf, after {@link #backward}; null if nothing reached it. */
  public @Nullable Tensor grad(Tensor tensor) {
    return record.grads.get(tensor);
  }

  /** Keeps the gradient of a tensor that is no leaf, for {@link #grad}. */
  public void watch(Tensor tensor) {
    record.tracked.add(tensor);
  }

  private void give(Ops ops, Tensor tensor, Tensor gradient) {
    GradientSink sink = record.leaves.get(tensor);
    if (sink != null) {
      sink.accept(ops, ops.cast(gradient, sink.dtype()));
      return;
    }
    Tensor typed = ops.cast(gradient, tensor.dtype());
    Tensor before = record.grads.get(tensor);
    record.grads.put(tensor, before == null ? typed : ops.add(before, typed));
  }

  /** An applied op as its vector-Jacobian product sees it. */
  private record TapeVjp(Tape tape, Applied node) implements io.github.llm4j.api.op.Vjp {
    @Override
    public Ops ops() {
      return node.ops();
    }

    @Override
    public Tensor input(int index) {
      return node.inputs().get(index);
    }

    @Override
    public Tensor output(int index) {
      return node.outputs().get(index);
    }

    @Override
    public int inputs() {
      return node.inputs().size();
    }

    @Override
    public boolean hasGrad(int output) {
      return tape.record.grads.containsKey(output(output));
    }

    @Override
    public Tensor grad(int output) {
      Tensor grad = tape.record.grads.get(output(output));
      if (grad == null) {
        throw new IllegalStateException(
            node.op().name() + ": output " + output + " has no gradient; ask hasGrad first.");
      }
      return grad;
    }

    @Override
    public boolean wants(int input) {
      return tape.record.tracked.contains(input(input));
    }

    @Override
    public void give(int input, Tensor gradient) {
      if (wants(input)) {
        tape.give(ops(), input(input), gradient);
      }
    }
  }
}
