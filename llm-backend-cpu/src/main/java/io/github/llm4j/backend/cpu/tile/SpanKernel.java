package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.Span;
import io.github.llm4j.api.op.Update;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Updates of each element by itself over spans of arenas. Operands are the arenas, those that are
 * overwritten first; numbers; the flag {@code finite}; and, if it is overwritten too, a copy of the
 * first arena.
 */
final class SpanKernel implements RowKernel.Rows {
  private static final int BLOCK = 1 << 14;
  private static final int TILE = 1024;

  /** What becomes of a tile. */
  @FunctionalInterface
  interface Formula {
    /**
     * Computes a tile.
     *
     * @param tiles elements of the arenas, changed where they are
     * @param numbers the numbers, one operand's behind the other's
     * @param decay weight decay of the span
     * @param lrScale factor on the span's learning rate
     * @param n elements up to a whole vector
     */
    void run(float[][] tiles, float[] numbers, float decay, float lrScale, int n);
  }

  /** A block of a span. */
  private record Block(long from, int size, float decay, float lrScale) {}

  private final Loops loops;
  private final Formula formula;
  private final List<Block> blocks;
  private final List<Operand> arenas = new ArrayList<>();
  private final List<Operand> numbers = new ArrayList<>();
  private final int[] counts;
  private final Operand finite;
  private final int stored;
  private final boolean copied;
  private final Operand copy;
  private final float[][][] tiles;
  private final float[][] values;

  private SpanKernel(
      Update op,
      List<TensorSpec> in,
      int arenas,
      Formula formula,
      Loops loops,
      Bindings bindings,
      List<Block> blocks,
      int workers) {
    this.loops = loops;
    this.formula = formula;
    this.blocks = blocks;
    for (int i = 0; i < arenas; i++) {
      this.arenas.add(Operand.in(loops, bindings, in, i));
    }
    List<Integer> overwritten = op.overwrites();
    int last = overwritten.get(overwritten.size() - 1);
    copied = last >= arenas;
    stored = overwritten.size() - (copied ? 1 : 0);
    copy = Operand.in(loops, bindings, in, last);
    int flag = in.size() - (copied ? 2 : 1);
    finite = Operand.in(loops, bindings, in, flag);
    int count = 0;
    counts = new int[flag - arenas];
    for (int i = arenas; i < flag; i++) {
      numbers.add(Operand.in(loops, bindings, in, i));
      counts[i - arenas] = Math.toIntExact(in.get(i).shape().elements());
      count += counts[i - arenas];
    }
    tiles = new float[workers][arenas][TILE];
    values = new float[workers][count];
  }

  /**
   * The kernel of an update whose weights are F32.
   *
   * @param arenas how many operands are arenas
   */
  static RowKernel of(
      Update op,
      List<TensorSpec> in,
      List<Span> spans,
      int arenas,
      Formula formula,
      Loops loops,
      Workers workers) {
    List<Block> blocks = new ArrayList<>();
    for (Span span : spans) {
      for (long at = span.from(); span.lrScale() != 0 && at < span.to(); at += BLOCK) {
        int size = (int) Math.min(BLOCK, span.to() - at);
        blocks.add(new Block(at, size, (float) span.weightDecay(), (float) span.lrScale()));
      }
    }
    int count = blocks.size();
    return RowKernel.of(
        new RowKernel.Split(count, BLOCK, count),
        workers,
        (bindings, threads) ->
            new SpanKernel(op, in, arenas, formula, loops, bindings, List.copyOf(blocks), threads));
  }

  /** Whether all arenas are of types that can be read here, and what is written of F32. */
  static boolean knows(Update op, List<TensorSpec> in, int arenas) {
    for (int i = 0; i < arenas; i++) {
      DType type = in.get(i).dtype();
      if (op.overwrites().contains(i) ? type != DType.F32 : !Operand.knows(type)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void run(int part, int worker, int from, int to) {
    if (finite.number(0) == 0) {
      return;
    }
    Block block = blocks.get(part);
    float[][] tile = tiles[worker];
    float[] given = read(values[worker]);
    for (int done = 0; done < block.size; done += TILE) {
      long at = block.from + done;
      int n = Math.min(TILE, block.size - done);
      for (int i = 0; i < tile.length; i++) {
        arenas.get(i).load(at, tile[i], n);
      }
      formula.run(tile, given, block.decay, block.lrScale, loops.padded(n));
      for (int i = 0; i < stored; i++) {
        arenas.get(i).store(tile[i], at, n);
      }
      if (copied) {
        copy.store(tile[0], at, n);
      }
    }
  }

  private float[] read(float[] into) {
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts[i]; j++) {
        into[at++] = numbers.get(i).number(j);
      }
    }
    return into;
  }
}
