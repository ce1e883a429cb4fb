package io.github.llm4j.runtime.plan;

import io.github.llm4j.runtime.plan.Value.Slot;
import java.util.IdentityHashMap;
import java.util.List;

/** Where each slot is first written, and where and how often it is read. */
final class Uses {
  /** Uses of one slot; indices of nodes, -1 if it is never written. */
  static final class Use {
    int first = Integer.MAX_VALUE;
    int last = -1;
    int writer = -1;
    int writes;
    int reads;
  }

  private final IdentityHashMap<Slot, Use> uses = new IdentityHashMap<>();

  Uses(List<Node> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      for (Value input : node.inputs) {
        Use use = touch(input.slot(), i);
        use.reads++;
      }
      for (int o = 0; o < node.outputs.size(); o++) {
        if (node.wanted[o]) {
          Use use = touch(node.outputs.get(o).slot(), i);
          use.writes++;
          if (use.writer < 0) {
            use.writer = i;
          }
        }
      }
    }
  }

  private Use touch(Slot slot, int node) {
    Use use = uses.computeIfAbsent(slot, s -> new Use());
    use.first = Math.min(use.first, node);
    use.last = Math.max(use.last, node);
    return use;
  }

  Use of(Slot slot) {
    return uses.getOrDefault(slot, new Use());
  }

  IdentityHashMap<Slot, Use> all() {
    return uses;
  }
}
