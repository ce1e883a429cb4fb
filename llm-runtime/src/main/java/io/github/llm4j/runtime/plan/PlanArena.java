package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import java.lang.foreign.MemorySegment;

/**
 * Memory that plans of one backend share, as large as the largest: only one of them runs at a time.
 * It grows when a larger plan comes; the others bind anew at their next run.
 */
public final class PlanArena {
  private final Backend backend;
  private MemorySegment memory = MemorySegment.NULL;
  private long wanted;

  /** An empty arena. */
  public PlanArena(Backend backend) {
    this.backend = backend;
  }

  /** Makes sure that at least so many bytes are there at the next {@link #memory}. */
  void reserve(long bytes) {
    wanted = Math.max(wanted, bytes);
  }

  /** Bytes of the largest plan so far. */
  public long bytes() {
    return wanted;
  }

  /** The memory; another one than before if the arena has grown. */
  MemorySegment memory() {
    if (memory.byteSize() < wanted) {
      memory = backend.allocate(wanted);
    }
    return memory;
  }
}
