package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.LayerNorm;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.ResidualNorm;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.plan.Uses.Use;
import io.github.llm4j.runtime.plan.Value.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An addition to the residual stream and the norm right behind it become one launch, if the backend
 * has a kernel for both. The sum is kept in F32, so the norm sees the same bits as before.
 */
final class ResidualFusion {
  private final List<Node> nodes;
  private final Backend backend;
  private final Predicate<Op> decomposed;

  ResidualFusion(List<Node> nodes, Backend backend, Predicate<Op> decomposed) {
    this.nodes = nodes;
    this.backend = backend;
    this.decomposed = decomposed;
  }

  void apply() {
    Uses uses = new Uses(nodes);
    List<Node> fused = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Optional<Node> pair = i + 1 < nodes.size() ? fuse(uses, i) : Optional.empty();
      fused.add(pair.orElse(nodes.get(i)));
      if (pair.isPresent()) {
        i++;
      }
    }
    nodes.clear();
    nodes.addAll(fused);
  }

  private Optional<Node> fuse(Uses uses, int at) {
    Node add = nodes.get(at);
    Node norm = nodes.get(at + 1);
    boolean pair =
        add.op instanceof Add && (norm.op instanceof LayerNorm || norm.op instanceof RmsNorm);
    if (!pair || !add.wanted[0] || !norm.wanted[0]) {
      return Optional.empty();
    }
    Value sum = add.outputs.get(0);
    Slot slot = sum.slot();
    Use use = uses.of(slot);
    if (norm.inputs.get(0).slot() != slot
        || !norm.inputs.get(0).spec().equals(sum.spec())
        || sum.spec().dtype() != DType.F32
        || use.writes != 1) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(add.inputs);
    inputs.addAll(norm.inputs.subList(1, norm.inputs.size()));
    List<TensorSpec> specs = inputs.stream().map(Value::spec).toList();
    ResidualNorm op = new ResidualNorm((Decomposable) norm.op);
    Optional<Kernel> kernel = decomposed.test(op) ? Optional.empty() : backend.kernel(op, specs);
    return kernel.map(
        k -> {
          List<Value> outputs = new ArrayList<>(List.of(sum));
          outputs.addAll(norm.outputs);
          Node both = new Node(op, norm.path, k, List.copyOf(inputs), List.copyOf(outputs));
          both.wanted[0] = use.reads > 1 || slot.kind == Slot.Kind.OWN;
          System.arraycopy(norm.wanted, 0, both.wanted, 1, norm.wanted.length);
          return both;
        });
  }
}
