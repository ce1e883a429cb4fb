package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.error.ShapeMismatchException;
import io.github.llm4j.api.error.UnsupportedOpException;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.op.Reshape;
import io.github.llm4j.api.op.Update;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.plan.Value.Slot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Ops that compute nothing: they book launches, which {@link #plan} lays into memory. An op for
 * which the backend has no kernel is taken apart; one that can't be is an error that names op and
 * layer.
 */
public final class Recorder implements ExternalOps {
  private final Recording recording;
  private final String path;

  /** What all views of one recording share. */
  private record Recording(
      Backend backend,
      Predicate<Op> decomposed,
      List<Node> nodes,
      Map<String, Value> inputs,
      Map<String, Value> outputs) {}

  /** A recording for this backend. */
  public Recorder(Backend backend) {
    this(backend, op -> false);
  }

  /**
   * A recording in which some fusions are taken apart although the backend has a kernel, so that an
   * observer sees what they hide.
   *
   * @param decomposed which ops
   */
  public Recorder(Backend backend, Predicate<Op> decomposed) {
    this(
        new Recording(
            backend, decomposed, new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>()),
        "");
  }

  private Recorder(Recording recording, String path) {
    this.recording = recording;
    this.path = path;
  }

  @Override
  public Recorder at(String layerPath) {
    return new Recorder(recording, layerPath);
  }

  /** A named input, filled before each run. */
  public Tensor input(String name, TensorSpec spec) {
    Value value = new Value(spec, new Slot(spec.bytes(), Slot.Kind.OWN, null));
    if (recording.inputs.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("the plan has an input '" + name + "' already");
    }
    return value;
  }

  @Override
  public Tensor external(MemorySegment memory, TensorSpec spec) {
    MemorySegment exact = memory.asSlice(0, spec.bytes());
    return new Value(spec, new Slot(spec.bytes(), Slot.Kind.EXTERNAL, exact));
  }

  /** Names a result that is read after each run. */
  public void output(String name, Tensor tensor) {
    if (recording.outputs.putIfAbsent(name, (Value) tensor) != null) {
      throw new IllegalArgumentException("the plan has an output '" + name + "' already");
    }
  }

  @Override
  public List<Tensor> apply(Op op, List<Tensor> inputs) {
    List<TensorSpec> specs = inputs.stream().map(Tensor::spec).toList();
    List<Output> declared = declare(op, specs);
    if (op instanceof Reshape) {
      return List.of(new Value(declared.get(0).spec(), ((Value) inputs.get(0)).slot()));
    }
    Optional<Kernel> kernel =
        op instanceof Decomposable && recording.decomposed.test(op)
            ? Optional.empty()
            : recording.backend.kernel(op, specs);
    if (kernel.isEmpty()) {
      return takeApart(op, inputs, declared);
    }
    List<Value> values = inputs.stream().map(Value.class::cast).toList();
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      TensorSpec spec = declared.get(i).spec();
      Slot slot =
          op instanceof Update update
              ? values.get(update.overwrites().get(i)).slot()
              : new Slot(spec.bytes(), Slot.Kind.TEMPORARY, null);
      outputs.add(new Value(spec, slot));
    }
    recording.nodes.add(new Node(op, path, kernel.get(), values, List.copyOf(outputs)));
    return List.copyOf(outputs);
  }

  private List<Output> declare(Op op, List<TensorSpec> specs) {
    try {
      return op.outputs(specs);
    } catch (ShapeMismatchException e) {
      throw path.isEmpty() ? e : e.at(path);
    }
  }

  private List<Tensor> takeApart(Op op, List<Tensor> inputs, List<Output> declared) {
    if (!(op instanceof Decomposable decomposable)) {
      throw new UnsupportedOpException(
          op.name()
              + where()
              + ": backend '"
              + recording.backend.name()
              + "' must have a kernel, found none and no decomposition, for "
              + inputs.stream().map(Tensor::spec).toList()
              + ". Add a KernelProvider for it or implement Decomposable.");
    }
    List<Tensor> outputs = decomposable.decompose(this, inputs);
    List<TensorSpec> made = outputs.stream().map(Tensor::spec).toList();
    List<TensorSpec> promised = declared.stream().map(Output::spec).toList();
    if (!made.equals(promised)) {
      throw new UnsupportedOpException(
          op.name()
              + where()
              + ": its decomposition must give "
              + promised
              + ", found "
              + made
              + ". Mend decompose or outputs.");
    }
    return outputs;
  }

  private String where() {
    return path.isEmpty() ? "" : " (" + path + ")";
  }

  /**
   * Lays the recording into memory.
   *
   * @param arena memory that plans share
   */
  public Plan plan(PlanArena arena) {
    return new Planner(recording.nodes, recording.inputs, recording.outputs)
        .plan(recording.backend, recording.decomposed, arena);
  }
}
