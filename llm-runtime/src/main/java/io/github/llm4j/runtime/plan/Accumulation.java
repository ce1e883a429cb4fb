package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.Add;
import io.github.llm4j.runtime.plan.Uses.Use;
import io.github.llm4j.runtime.plan.Value.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Accumulation into a sole use: a launch whose result is only added to, or stored into, other
 * memory writes there itself, and the addition disappears. So a weight's gradient goes from the
 * product into the gradient arena, and the second gradient of an activation is added to the first.
 */
final class Accumulation {
  private final List<Node> nodes;

  /** Additions that their operands' makers do; nothing can be written through them any more. */
  private final Set<Node> gone = Collections.newSetFromMap(new IdentityHashMap<>());

  Accumulation(List<Node> nodes) {
    this.nodes = nodes;
  }

  void apply() {
    Uses uses = new Uses(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean absorbed =
          switch (node.op) {
            case Accumulate accumulate ->
                absorb(uses, i, node.inputs.get(0), node.inputs.get(1), accumulate.store());
            case Add add -> addition(uses, i, node);
            default -> false;
          };
      if (absorbed) {
        gone.add(node);
      }
    }
    List<Node> rest = new ArrayList<>(nodes);
    rest.removeIf(gone::contains);
    nodes.clear();
    nodes.addAll(rest);
  }

  private boolean addition(Uses uses, int at, Node add) {
    Value a = add.inputs.get(0);
    Value b = add.inputs.get(1);
    Value sum = add.outputs.get(0);
    return addInto(uses, at, a, b, sum) || addInto(uses, at, b, a, sum);
  }

  /** sum = target + value, where nothing else reads either: value's maker adds to target. */
  private boolean addInto(Uses uses, int at, Value target, Value value, Value sum) {
    Slot slot = target.slot();
    Use use = uses.of(slot);
    if (slot.kind != Slot.Kind.TEMPORARY
        || slot == value.slot()
        || use.reads != 1
        || use.writes != 1
        || !target.spec().equals(sum.spec())
        || !value.spec().equals(sum.spec())
        || use.writer >= uses.of(value.slot()).writer) {
      return false;
    }
    if (!absorb(uses, at, target, value, false)) {
      return false;
    }
    Use summed = uses.of(sum.slot());
    if (sum.slot().kind == Slot.Kind.OWN) {
      slot.kind = Slot.Kind.OWN;
    }
    sum.slot().mergeInto(slot);
    use.reads = summed.reads; // the readers of the sum read the target now
    use.writes = 1;
    use.last = Math.max(use.last, summed.last);
    use.writer = at; // complete only here: a later addition must not come between
    return true;
  }

  /** Lets the maker of {@code value} write into {@code target}; false if it can't. */
  private boolean absorb(Uses uses, int at, Value target, Value value, boolean store) {
    Slot made = value.slot();
    Use use = uses.of(made);
    if (made.kind != Slot.Kind.TEMPORARY || use.reads != 1 || use.writes != 1) {
      return false;
    }
    Node maker = nodes.get(use.writer);
    int output = -1;
    for (int o = 0; o < maker.outputs.size(); o++) {
      if (maker.outputs.get(o).slot() == made) {
        output = o;
      }
    }
    if (output < 0
        || gone.contains(maker)
        || maker.isUpdate()
        || maker.accumulate[output]
        || maker.outputs.get(output).spec().dtype() != target.spec().dtype()
        || (!store && !maker.kernel.accumulates(output))
        || maker.reads(target.slot())) {
      return false;
    }
    for (int i = use.writer + 1; i < at; i++) {
      if (nodes.get(i).touches(target.slot())) {
        return false; // the write must not move over another use
      }
    }
    maker.accumulate[output] = !store;
    made.mergeInto(target.slot());
    return true;
  }
}
