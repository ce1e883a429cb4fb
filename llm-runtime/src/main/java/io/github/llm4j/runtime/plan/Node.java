package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Update;
import java.util.List;

/** A launch of a recording, before it has addresses. */
final class Node {
  final Op op;
  final String path;
  final Kernel kernel;
  final List<Value> inputs;
  final List<Value> outputs;
  final boolean[] wanted;
  final boolean[] accumulate;

  /** Place of the workspace in the arena, once planned. */
  long workspaceOffset;

  Node(Op op, String path, Kernel kernel, List<Value> inputs, List<Value> outputs) {
    this.op = op;
    this.path = path;
    this.kernel = kernel;
    this.inputs = inputs;
    this.outputs = outputs;
    this.wanted = new boolean[outputs.size()];
    this.accumulate = new boolean[outputs.size()];
  }

  boolean isUpdate() {
    return op instanceof Update;
  }

  /** Whether the node reads or writes a slot, or bytes of it. */
  boolean touches(Value.Slot slot) {
    return reads(slot) || outputs.stream().anyMatch(v -> v.slot().overlaps(slot));
  }

  /** Whether the node reads a slot, or bytes of it. */
  boolean reads(Value.Slot slot) {
    return inputs.stream().anyMatch(v -> v.slot().overlaps(slot));
  }
}
