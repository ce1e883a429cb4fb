package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.backend.cpu.tile.Uniforms;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Sets weights to zero as {@code Dropout} would do with the whole {@code [B, H, T, S]}. */
final class DropoutMask {
  private final Sizes sizes;
  private final MemorySegment state;
  private final Uniforms uniforms;
  private final float p;
  private final float keep;
  private final float[] factors;

  private DropoutMask(Sizes sizes, MemorySegment state, Uniforms uniforms) {
    this.sizes = sizes;
    this.state = state;
    this.uniforms = uniforms;
    this.p = sizes.op().dropout();
    this.keep = (float) (1 / (1.0 - p));
    this.factors = new float[sizes.block()];
  }

  static DropoutMask of(Sizes sizes, Bindings bindings, ScoreLoops loops) {
    MemorySegment state =
        sizes.op().dropout() > 0 ? bindings.input(sizes.op().stateAt()) : MemorySegment.NULL;
    // One vector more than a block: its first key need not begin a counter.
    return new DropoutMask(sizes, state, loops.uniforms(sizes.block() + 4 * sizes.lanes()));
  }

  boolean active() {
    return sizes.op().dropout() > 0;
  }

  /** Draws for one query and the keys of a block: what {@link #apply} takes. */
  void draw(int text, int head, int query, int block) {
    long seed = state.getAtIndex(ValueLayout.JAVA_LONG, 0);
    int step = (int) state.getAtIndex(ValueLayout.JAVA_LONG, 1);
    int row = (int) state.getAtIndex(ValueLayout.JAVA_LONG, 2) + text;
    int count = Math.min(sizes.block(), sizes.s() - block);
    long element = ((long) head * sizes.t() + query) * sizes.s() + block;
    int skipped = (int) (element & 3);
    float[] u =
        uniforms.uniform(seed, sizes.op().key(), step, row, element - skipped, skipped + count);
    for (int i = 0; i < count; i++) {
      factors[i] = u[skipped + i] >= p ? keep : 0;
    }
  }

  /** Drops or scales the weights of the query and the block drawn last. */
  void apply(float[] weights, int at) {
    for (int i = 0; i < factors.length; i++) {
      weights[at + i] *= factors[i];
    }
  }
}
