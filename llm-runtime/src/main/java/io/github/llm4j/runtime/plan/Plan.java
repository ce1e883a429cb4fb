package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.plan.Value.Slot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step as a list of prepared launches. Running it is: fill the inputs, walk the list, read the
 * outputs; nothing is allocated or decided on the way, and addresses stay the same.
 *
 * <p>Threading: one run at a time among all plans of an arena.
 */
public final class Plan {
  private final Backend backend;
  private final PlanArena arena;
  private final List<Node> nodes;
  private final Map<String, Value> inputs;
  private final Map<String, Value> outputs;
  private final ArenaUse arenaUse;
  private final long ownBytes;
  private final List<PlanEntry> entries;
  private final Launch[] launches;
  private final Map<String, int[]> preset = new LinkedHashMap<>();
  private MemorySegment bound = MemorySegment.NULL;
  private MemorySegment own = MemorySegment.NULL;
  private boolean ready;

  Plan(
      Backend backend,
      PlanArena arena,
      List<Node> nodes,
      Map<String, Value> inputs,
      Map<String, Value> outputs,
      ArenaUse arenaUse,
      long ownBytes) {
    this.backend = backend;
    this.arena = arena;
    this.nodes = nodes;
    this.inputs = inputs;
    this.outputs = outputs;
    this.arenaUse = arenaUse;
    this.ownBytes = ownBytes;
    this.launches = new Launch[nodes.size()];
    List<PlanEntry> list = new ArrayList<>();
    for (Node node : nodes) {
      list.add(
          new PlanEntry(
              list.size(),
              node.op,
              node.path,
              specs(node.inputs),
              specs(node.outputs),
              node.kernel.workspaceBytes()));
    }
    this.entries = List.copyOf(list);
  }

  private static List<TensorSpec> specs(List<Value> values) {
    return values.stream().map(Value::spec).toList();
  }

  /** The launches in order. */
  public List<PlanEntry> entries() {
    return entries;
  }

  /** Bytes that the plan needs in the shared arena: activations, gradients of them, workspaces. */
  public long arenaBytes() {
    return arenaUse.bytes();
  }

  /** What lies in its part of the arena at the fullest launch. */
  public ArenaUse arenaUse() {
    return arenaUse;
  }

  /** Floating-point operations of its products: element-wise work is not counted. */
  public double flops() {
    return work().total();
  }

  /** Floating-point operations, those of attention by themselves. */
  public Work work() {
    return entries.stream().map(Flops::of).reduce(Work.NONE, Work::plus);
  }

  /** Bytes of its inputs and outputs, which are its own. */
  public long ownBytes() {
    return ownBytes;
  }

  /** Memory of an input; write it before {@link #run}. */
  public MemorySegment input(String name) {
    return bound(named(inputs, name, "input"));
  }

  /** Memory of an output; read it after {@link #run}. */
  public MemorySegment output(String name) {
    return bound(named(outputs, name, "output"));
  }

  /** Spec of an output. */
  public TensorSpec outputSpec(String name) {
    return named(outputs, name, "output").spec();
  }

  /**
   * Fills an input that stays the same in all runs, once the plan has memory: a plan that is only
   * looked at takes none.
   */
  public void preset(String name, int[] values) {
    named(inputs, name, "input");
    preset.put(name, values.clone());
  }

  /** Fills an input from an array of the input's element type. */
  public void set(String name, int[] values) {
    backend.upload(MemorySegment.ofArray(values), input(name));
  }

  /** Fills an input from an array of the input's element type. */
  public void set(String name, long[] values) {
    backend.upload(MemorySegment.ofArray(values), input(name));
  }

  /** Fills an input from an array of the input's element type. */
  public void set(String name, float[] values) {
    backend.upload(MemorySegment.ofArray(values), input(name));
  }

  /** Reads an output of type F32 into an array of its size. */
  public void get(String name, float[] values) {
    backend.download(output(name), MemorySegment.ofArray(values));
  }

  private static Value named(Map<String, Value> values, String name, String what) {
    Value value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the plan has no " + what + " '" + name + "'; it has " + values.keySet());
    }
    return value;
  }

  private MemorySegment bound(Value value) {
    bind();
    return memory(value);
  }

  /** Makes the launches ready: binds kernels to addresses. Done by the first run, if not before. */
  public void bind() {
    MemorySegment memory = arena.memory();
    if (ready && memory.equals(bound)) {
      return;
    }
    if (own.byteSize() < ownBytes) {
      own = backend.allocate(ownBytes);
    }
    bound = memory;
    if (!ready) {
      preset.forEach(
          (name, values) ->
              backend.upload(MemorySegment.ofArray(values), memory(named(inputs, name, "input"))));
    }
    for (int i = 0; i < launches.length; i++) {
      Node node = nodes.get(i);
      launches[i] = node.kernel.bind(new NodeBindings(node));
    }
    ready = true;
  }

  /** Runs the step. */
  public void run() {
    bind();
    for (Launch launch : launches) {
      launch.run();
    }
  }

  /** Runs the step, with an observer that sees each launch. */
  public void run(Observer observer) {
    bind();
    for (int i = 0; i < launches.length; i++) {
      observer.before(entries.get(i));
      launches[i].run();
      Node node = nodes.get(i);
      List<Optional<MemorySegment>> seen = new ArrayList<>();
      for (int o = 0; o < node.outputs.size(); o++) {
        seen.add(node.wanted[o] ? Optional.of(memory(node.outputs.get(o))) : Optional.empty());
      }
      observer.after(entries.get(i), seen);
    }
  }

  private MemorySegment memory(Value value) {
    Slot slot = value.slot();
    long bytes = value.spec().bytes();
    return switch (slot.kind) {
      case EXTERNAL -> java.util.Objects.requireNonNull(slot.external).asSlice(0, bytes);
      case OWN -> own.asSlice(slot.offset, bytes);
      case TEMPORARY -> bound.asSlice(slot.offset, bytes);
    };
  }

  private final class NodeBindings implements Bindings {
    private final Node node;

    NodeBindings(Node node) {
      this.node = node;
    }

    @Override
    public MemorySegment input(int index) {
      return memory(node.inputs.get(index));
    }

    @Override
    public MemorySegment output(int index) {
      if (!node.wanted[index]) {
        throw new IllegalStateException(
            node.op.name() + ": output " + index + " is not wanted; ask wanted first.");
      }
      return memory(node.outputs.get(index));
    }

    @Override
    public boolean wanted(int index) {
      return node.wanted[index];
    }

    @Override
    public boolean accumulate(int index) {
      return node.accumulate[index];
    }

    @Override
    public MemorySegment workspace() {
      return bound.asSlice(node.workspaceOffset, node.kernel.workspaceBytes());
    }
  }
}
