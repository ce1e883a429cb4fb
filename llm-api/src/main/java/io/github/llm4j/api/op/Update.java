package io.github.llm4j.api.op;

import java.util.List;

/**
 * An op that overwrites operands: optimizer steps, cache appends, accumulation. Its outputs are the
 * overwritten operands, in the order of {@link #overwrites}. Refused under the tape.
 */
public interface Update extends Op {

  /** Indices of the operands that it overwrites. */
  List<Integer> overwrites();
}
