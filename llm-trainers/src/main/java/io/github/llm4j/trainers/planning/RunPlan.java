package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.runtime.plan.Work;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a run will cost.
 *
 * @param name its name
 * @param precision types that it computes in
 * @param vocabSize ids (V)
 * @param dModel width of the stream (C)
 * @param contextLength tokens of a row (T)
 * @param rows rows of a step
 * @param microRows rows that are computed at once (B)
 * @param steps optimizer steps; empty if they depend on a text that isn't tokenized
 * @param learned learned elements
 * @param constants elements of tables that are computed from settings
 * @param forward operations of a forward pass, of one token
 * @param step operations of a training step
 * @param causes what the run's memory is for
 * @param mappedBytes files of ids, at most: the system takes their memory back where it is short
 * @param fullest the launch at which the step needs most memory
 */
public record RunPlan(
    String name,
    Precision precision,
    int vocabSize,
    int dModel,
    int contextLength,
    int rows,
    int microRows,
    OptionalLong steps,
    long learned,
    long constants,
    Work forward,
    Work step,
    List<Cause> causes,
    long mappedBytes,
    String fullest) {

  /** Copies the list. */
  public RunPlan {
    causes = List.copyOf(causes);
  }

  /** Tokens of a step. */
  public long tokensPerStep() {
    return (long) rows * contextLength;
  }

  /** Bytes of all causes: what the run takes of its backend. */
  public long bytes() {
    return causes.stream().mapToLong(Cause::bytes).sum();
  }

  /** Bytes that the process holds, without what the system can take back. */
  public long neededBytes() {
    return bytes() + ProcessMemory.CONSTANT;
  }

  /** Bytes that the process holds at its peak. */
  public long peakBytes() {
    return neededBytes() + mappedBytes;
  }
}
