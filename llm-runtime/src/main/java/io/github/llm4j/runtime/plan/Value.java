package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a recording: a handle on a {@link Slot} of memory. Several handles can share a slot
 * (reshape, update).
 */
final class Value implements Tensor {
  private final TensorSpec spec;
  private final Slot slot;

  Value(TensorSpec spec, Slot slot) {
    this.spec = spec;
    this.slot = slot;
  }

  @Override
  public TensorSpec spec() {
    return spec;
  }

  Slot slot() {
    return slot.root();
  }

  /** Memory that one or more handles share. */
  static final class Slot {
    /** What the slot is to the plan. */
    enum Kind {
      /** Lives in the shared arena between first and last use. */
      TEMPORARY,
      /** An input or output of the plan: memory of its own. */
      OWN,
      /** Memory that somebody else owns. */
      EXTERNAL
    }

    final long bytes;
    Kind kind;
    @Nullable MemorySegment external;
    private @Nullable Slot merged;

    /** Place in the arena or in the plan's own memory, once planned. */
    long offset = -1;

    Slot(long bytes, Kind kind, @Nullable MemorySegment external) {
      this.bytes = bytes;
      this.kind = kind;
      this.external = external;
    }

    /** The slot that this one was merged into, or itself. */
    Slot root() {
      Slot slot = this;
      while (slot.merged != null) {
        slot = slot.merged;
      }
      return slot;
    }

    /** From now on this slot is the other one. */
    void mergeInto(Slot other) {
      merged = other;
    }

    /** Whether two external slots share bytes. */
    boolean overlaps(Slot other) {
      if (this == other) {
        return true;
      }
      if (external == null || other.external == null) {
        return false;
      }
      long a = external.address();
      long b = other.external.address();
      return a < b + other.bytes && b < a + bytes;
    }
  }
}
