package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * A launch of a plan, as observers and reports see it.
 *
 * @param index place in the plan
 * @param op what is computed
 * @param path layer that it belongs to; empty outside layers
 * @param inputs specs of the operands
 * @param outputs specs of the outputs, unwanted ones included
 * @param workspaceBytes scratch memory
 */
public record PlanEntry(
    int index,
    Op op,
    String path,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    long workspaceBytes) {}
