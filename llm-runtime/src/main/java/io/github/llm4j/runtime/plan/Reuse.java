package io.github.llm4j.runtime.plan;

import io.github.llm4j.runtime.plan.Uses.Use;
import io.github.llm4j.runtime.plan.Value.Slot;
import java.util.List;

/** Element-wise launches write over an operand that nothing reads afterwards. */
final class Reuse {
  private final List<Node> nodes;

  Reuse(List<Node> nodes) {
    this.nodes = nodes;
  }

  void apply() {
    Uses uses = new Uses(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      for (int o = 0; o < node.outputs.size() && !node.isUpdate(); o++) {
        if (node.wanted[o] && !node.accumulate[o]) {
          reuse(uses, node, i, o);
        }
      }
    }
  }

  private static void reuse(Uses uses, Node node, int at, int output) {
    Slot result = node.outputs.get(output).slot();
    if (result.kind != Slot.Kind.TEMPORARY || uses.of(result).first != at) {
      return;
    }
    for (int k = 0; k < node.inputs.size(); k++) {
      Slot operand = node.inputs.get(k).slot();
      if (operand.kind == Slot.Kind.TEMPORARY
          && operand != result
          && operand.bytes == result.bytes
          && uses.of(operand).last == at
          && uses.of(operand).first < at
          && node.kernel.inPlace(output, k)
          && soleOperand(node, operand, k, output)) {
        Use whole = uses.of(operand);
        whole.last = Math.max(whole.last, uses.of(result).last);
        result.mergeInto(operand);
        return;
      }
    }
  }

  /** An operand that is passed twice, or already serves another output, can't be written over. */
  private static boolean soleOperand(Node node, Slot operand, int index, int output) {
    for (int k = 0; k < node.inputs.size(); k++) {
      if (k != index && node.inputs.get(k).slot() == operand && !node.kernel.inPlace(output, k)) {
        return false;
      }
    }
    return node.outputs.stream().noneMatch(v -> v.slot() == operand);
  }
}
