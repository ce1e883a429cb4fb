package io.github.llm4j.runtime.autograd;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
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
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ops over other ops, with a backward pass: an op with a vector-Jacobian product of its own becomes
 * a node, any other is taken apart until such ops remain. Backward walks the nodes from the last.
 */
public final class Tape implements Ops {
  private final Ops inner;
  private final History history;

  /** What all views of one tape share. */
  private static final class History {
    final List<Node> nodes = new ArrayList<>();
    final IdentityHashMap<Tensor, GradientSink> leaves;
    final Set<Tensor> tracked = Collections.newSetFromMap(new IdentityHashMap<>());
    final IdentityHashMap<Tensor, Tensor> grads = new IdentityHashMap<>();

    History(IdentityHashMap<Tensor, GradientSink> leaves) {
      this.leaves = leaves;
      tracked.addAll(leaves.keySet());
    }
  }

  /** One step back. */
  private sealed interface Node {
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
    this(inner, new History(new IdentityHashMap<>()));
  }

  private Tape(Ops inner, History history) {
    this.inner = inner;
    this.history = history;
  }

  /** Marks a tensor whose gradient is wanted, as a parameter's. */
  public void leaf(Tensor tensor, GradientSink sink) {
    history.leaves.put(tensor, sink);
    history.tracked.add(tensor);
  }

  @Override
  public Ops at(String path) {
    return new Tape(inner.at(path), history);
  }

  @Override
  public List<Tensor> apply(Op op, List<Tensor> inputs) {
    if (inputs.stream().noneMatch(history.tracked::contains)) {
      return inner.apply(op, inputs);
    }
    if (op instanceof Update) {
      throw new LlmException(
          ErrorKind.INTERNAL,
          op.name()
              + ": operands without gradient expected, found one that is differentiated."
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
          op.name()
              + ": a derivative expected, found an op that is neither Differentiable nor"
              + " Decomposable. Implement one of them.");
    }
    return inner.apply(op, inputs);
  }

  private List<Tensor> record(Differentiable op, List<Tensor> inputs) {
    List<Output> declared = op.outputs(inputs.stream().map(Tensor::spec).toList());
    List<Tensor> outputs = fresh(inner.apply(op, inputs), inputs);
    for (int i = 0; i < outputs.size(); i++) {
      if (declared.get(i).role() == Output.Role.DIFFERENTIABLE) {
        history.tracked.add(outputs.get(i));
      }
    }
    history.nodes.add(new Applied(op, inner, List.copyOf(inputs), outputs));
    return outputs;
  }

  /**
   * Gradients are kept by handle, so an output that a decomposition passed through gets its own.
   */
  private List<Tensor> fresh(List<Tensor> outputs, List<Tensor> inputs) {
    Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(inputs);
    List<Tensor> result = new ArrayList<>();
    for (Tensor output : outputs) {
      result.add(
          known.contains(output)
              ? inner.apply(new Reshape(output.shape()), List.of(output)).get(0)
              : output);
    }
    return List.copyOf(result);
  }

  @Override
  public List<Tensor> recompute(
      BiFunction<Ops, List<Tensor>, List<Tensor>> body, List<Tensor> inputs) {
    List<Tensor> outputs = fresh(body.apply(inner, inputs), inputs);
    history.tracked.addAll(outputs);
    history.nodes.add(new Recomputed(body, inner, List.copyOf(inputs), outputs));
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
      if (grad != null && history.tracked.contains(outputs.get(i))) {
        give(inner, outputs.get(i), grad);
      }
    }
    for (int i = history.nodes.size() - 1; i >= 0; i--) {
      Node node = history.nodes.get(i);
      if (node.outputs().stream().anyMatch(history.grads::containsKey)) {
        switch (node) {
          case Applied applied -> applied.op().vjp(new TapeVjp(this, applied));
          case Recomputed recomputed -> again(recomputed);
        }
      }
      node.outputs().forEach(history.grads::remove); // no earlier node can read them
    }
  }

  /** Runs a body again under a tape of its own, and back. */
  private void again(Recomputed node) {
    Tape tape = new Tape(node.ops(), new History(history.leaves));
    List<Tensor> watched = node.inputs().stream().filter(history.tracked::contains).toList();
    tape.history.tracked.addAll(watched);
    List<@Nullable Tensor> grads = new ArrayList<>();
    node.outputs().forEach(output -> grads.add(history.grads.get(output)));
    tape.backward(node.body().apply(tape, node.inputs()), grads);
    for (Tensor input : watched) {
      Tensor grad = tape.history.grads.get(input);
      if (grad != null) {
        give(node.ops(), input, grad);
      }
    }
  }

  /** Gradient of a tensor that is no leaf, after {@link #backward}; null if nothing reached it. */
  public @Nullable Tensor grad(Tensor tensor) {
    return history.grads.get(tensor);
  }

  /** Keeps the gradient of a tensor that is no leaf, for {@link #grad}. */
  public void watch(Tensor tensor) {
    history.tracked.add(tensor);
  }

  private void give(Ops ops, Tensor tensor, Tensor gradient) {
    GradientSink sink = history.leaves.get(tensor);
    if (sink != null) {
      sink.accept(ops, ops.cast(gradient, sink.dtype()));
      return;
    }
    Tensor typed = ops.cast(gradient, tensor.dtype());
    Tensor before = history.grads.get(tensor);
    history.grads.put(tensor, before == null ? typed : ops.add(before, typed));
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
      return tape.history.grads.containsKey(output(output));
    }

    @Override
    public Tensor grad(int output) {
      Tensor grad = tape.history.grads.get(output(output));
      if (grad == null) {
        throw new IllegalStateException(
            node.op().name() + ": output " + output + " has no gradient; ask hasGrad first.");
      }
      return grad;
    }

    @Override
    public boolean wants(int input) {
      return tape.history.tracked.contains(input(input));
    }

    @Override
    public void give(int input, Tensor gradient) {
      if (wants(input)) {
        tape.give(ops(), input(input), gradient);
      }
    }
  }
}
