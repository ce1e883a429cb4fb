package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.random.Philox;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Sets weights to zero as {@code Dropout} would do with the whole {@code [B, H, T, S]}. */
final class DropoutMask {
  private final Sizes sizes;
  private final MemorySegment state;
  private final int[] counter = new int[4];

  private DropoutMask(Sizes sizes, MemorySegment state) {
    this.sizes = sizes;
    this.state = state;
  }

  static DropoutMask of(Sizes sizes, Bindings bindings) {
    return new DropoutMask(
        sizes,
        sizes.op().dropout() > 0 ? bindings.input(sizes.op().stateAt()) : MemorySegment.NULL);
  }

  boolean active() {
    return sizes.op().dropout() > 0;
  }

  /** Drops or scales the weights of one query with the keys of a block. */
  void apply(float[] weights, int at, int text, int head, int query, int from, int count) {
    long seed = state.getAtIndex(ValueLayout.JAVA_LONG, 0);
    int step = (int) state.getAtIndex(ValueLayout.JAVA_LONG, 1);
    int row = (int) state.getAtIndex(ValueLayout.JAVA_LONG, 2) + text;
    float p = sizes.op().dropout();
    float keep = (float) (1 / (1.0 - p));
    long first = ((long) head * sizes.t() + query) * sizes.s() + from;
    long block = -1;
    for (int i = 0; i < count; i++) {
      long element = first + i;
      if (element >>> 2 != block) {
        block = element >>> 2;
        counter[0] = step;
        counter[1] = row;
        counter[2] = (int) block;
        counter[3] = (int) (element >>> 34);
        Philox.block((int) seed ^ (int) (seed >>> 32), sizes.op().key(), counter);
      }
      float u = Philox.uniform(counter[(int) (element & 3)]);
      weights[at + i] = u >= p ? weights[at + i] * keep : 0;
    }
  }
}
