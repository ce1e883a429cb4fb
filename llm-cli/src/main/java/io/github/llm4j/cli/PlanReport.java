package io.github.llm4j.cli;

import io.github.llm4j.tasks.generation.GenerationMemory;
import io.github.llm4j.trainers.planning.Alternative;
import io.github.llm4j.trainers.planning.ProbeReport;
import io.github.llm4j.trainers.planning.RunPlan;
import java.util.List;
import java.util.Optional;

/**
 * All that {@code llm plan} prints.
 *
 * @param backend what computes, and why
 * @param plan what the run costs
 * @param limit bytes that its process may have
 * @param generation what generation takes
 * @param alternatives what else the config could say
 * @param probing whether steps were to be run
 * @param probe how long they took; empty if there is no room for them, too
 */
record PlanReport(
    String backend,
    RunPlan plan,
    long limit,
    GenerationMemory generation,
    List<Alternative> alternatives,
    boolean probing,
    Optional<ProbeReport> probe) {

  boolean fits() {
    return plan.neededBytes() <= limit;
  }

  /** Bytes that a process takes to write with the model: no gradients, no optimizer. */
  long generationBytes() {
    return modelBytes() + generation.bytes();
  }

  /** Weights in all their forms. */
  long modelBytes() {
    return plan.causes().stream()
        .filter(
            c ->
                c.name().equals("weights")
                    || c.name().equals("tables")
                    || c.name().endsWith("copy"))
        .mapToLong(c -> c.bytes())
        .sum();
  }
}
