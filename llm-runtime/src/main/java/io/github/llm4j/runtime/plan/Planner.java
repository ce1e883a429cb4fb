package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.runtime.plan.Value.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns a recording into a plan: drops what nothing reads, lets launches write where their result
 * is wanted, shares memory, and gives each slot its place.
 */
final class Planner {
  private final List<Node> nodes;
  private final Map<String, Value> inputs;
  private final Map<String, Value> outputs;

  Planner(List<Node> recorded, Map<String, Value> inputs, Map<String, Value> outputs) {
    this.nodes = new ArrayList<>(recorded);
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * The plan.
   *
   * @param decomposed fusions that must not be made
   */
  Plan plan(Backend backend, Predicate<Op> decomposed, PlanArena arena) {
    outputs.values().forEach(this::own);
    dropUnread();
    new ResidualFusion(nodes, backend, decomposed).apply();
    new Accumulation(nodes).apply();
    new Reuse(nodes).apply();
    ArenaUse use = MemoryLayout.assign(nodes);
    long ownBytes = 0;
    Set<Slot> placed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Map<String, Value> named : List.of(inputs, outputs)) {
      for (Value value : named.values()) {
        Slot slot = value.slot();
        if (slot.kind == Slot.Kind.OWN && placed.add(slot)) {
          slot.offset = ownBytes;
          ownBytes += MemoryLayout.aligned(slot.bytes);
        }
      }
    }
    arena.reserve(use.bytes());
    return new Plan(backend, arena, nodes, inputs, outputs, use, ownBytes);
  }

  /** A result that the host reads outlives the arena's next use. */
  private void own(Value output) {
    if (output.slot().kind == Slot.Kind.TEMPORARY) {
      output.slot().kind = Slot.Kind.OWN;
    }
  }

  /** Marks wanted outputs and removes launches without any; updates always stay. */
  private void dropUnread() {
    Set<Slot> read = Collections.newSetFromMap(new IdentityHashMap<>());
    outputs.values().forEach(v -> read.add(v.slot()));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      boolean needed = node.isUpdate();
      for (int o = 0; o < node.outputs.size(); o++) {
        node.wanted[o] = node.isUpdate() || read.contains(node.outputs.get(o).slot());
        needed |= node.wanted[o];
      }
      if (needed) {
        node.inputs.forEach(v -> read.add(v.slot()));
      } else {
        nodes.remove(i);
      }
    }
  }
}
