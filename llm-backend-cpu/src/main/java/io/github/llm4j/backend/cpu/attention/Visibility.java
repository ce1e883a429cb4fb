package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.Attention;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;

/** Which keys a query of one text sees: a range that depends on its place, less the masked ones. */
final class Visibility {
  private static final float HIDDEN = Float.NEGATIVE_INFINITY;

  private final Sizes sizes;
  private final Optional<MemorySegment> lengths;
  private final Optional<MemorySegment> mask;

  /** 0 for a key that is there, minus infinity for one that is masked. */
  private final float[] penalty;

  private int length;

  Visibility(Sizes sizes, Bindings bindings) {
    Attention op = sizes.op();
    this.sizes = sizes;
    this.lengths = op.lengths() ? Optional.of(bindings.input(op.lengthsAt())) : Optional.empty();
    this.mask = op.mask() ? Optional.of(bindings.input(op.maskAt())) : Optional.empty();
    this.penalty = new float[sizes.keys()];
  }

  /** Turns to a text. */
  void of(int text) {
    length = sizes.s();
    if (lengths.isPresent()) {
      int given = lengths.get().getAtIndex(ValueLayout.JAVA_INT, text);
      length = Math.max(0, Math.min(given, sizes.s()));
    }
    if (mask.isPresent()) {
      for (int i = 0; i < sizes.s(); i++) {
        byte there = mask.get().get(ValueLayout.JAVA_BYTE, (long) text * sizes.s() + i);
        penalty[i] = there != 0 ? 0 : HIDDEN;
      }
    }
  }

  private int place(int query) {
    return length - sizes.t() + query;
  }

  /** First key that a query may see. */
  int first(int query) {
    int window = sizes.op().window();
    return window > 0 ? Math.max(0, place(query) - window + 1) : 0;
  }

  /** Key behind the last that a query may see; queries behind the last see nothing. */
  int end(int query) {
    if (query >= sizes.t()) {
      return 0;
    }
    int end = length;
    if (sizes.op().causal()) {
      end = Math.min(end, place(query) + 1);
    }
    if (sizes.op().window() > 0) {
      end = Math.min(end, place(query) + sizes.op().window());
    }
    return end;
  }

  /** Sets scores of a query with keys of the block from {@code from} on to -inf, if hidden. */
  void hide(float[] scores, int at, int query, int from) {
    int n = sizes.block();
    int first = Math.clamp(first(query) - from, 0, n);
    int end = Math.clamp(end(query) - from, 0, n);
    Arrays.fill(scores, at, at + first, HIDDEN);
    Arrays.fill(scores, at + end, at + n, HIDDEN);
    if (mask.isPresent()) {
      for (int i = 0; i < n; i++) {
        scores[at + i] += penalty[from + i];
      }
    }
  }
}
