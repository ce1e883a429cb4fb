package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A kernel over rows. Rows are split into parts by the shape alone, so that sums over rows are the
 * same with any number of workers: each part keeps its own, which are added in order.
 *
 * @param split how the work is cut
 * @param work what one launch does
 * @param adding which outputs can be added to
 */
record RowKernel(
    Split split, Workers workers, Body work, IntPredicate adding, boolean overwritesFirst)
    implements Kernel {
  private static final int PART = 16 * 1024;

  /** {@code count} rows of {@code width} elements in {@code parts} parts. */
  record Split(int count, int width, int parts) {

    /** Parts of about 16 k elements. */
    static Split of(long count, int width) {
      return atMost(count, width, Integer.MAX_VALUE);
    }

    /** As many parts as there may be sums kept. */
    static Split atMost(long count, int width, int most) {
      long parts = (count * width + PART - 1) / PART;
      return new Split(
          Math.toIntExact(count), width, (int) Math.clamp(parts, 1, Math.min(count, most)));
    }

    int from(int part) {
      return (int) ((long) count * part / parts);
    }
  }

  /** Ties a kernel to its operands. */
  @FunctionalInterface
  interface Body {
    /** Makes what one worker needs. */
    Rows bind(Bindings bindings, int workers);
  }

  /** The work of a launch. */
  interface Rows {
    /** Computes rows {@code from} to {@code to}. */
    void run(int part, int worker, int from, int to);

    /** Runs on the caller's thread when all parts are done. */
    default void finish() {}
  }

  static RowKernel of(Split split, Workers workers, Body work) {
    return new RowKernel(split, workers, work, i -> false, false);
  }

  RowKernel adding(IntPredicate outputs) {
    return new RowKernel(split, workers, work, outputs, overwritesFirst);
  }

  RowKernel overwriting() {
    return new RowKernel(split, workers, work, adding, true);
  }

  static List<TensorSpec> outputs(Op op, List<TensorSpec> inputs) {
    return op.outputs(inputs).stream().map(Output::spec).toList();
  }

  @Override
  public boolean accumulates(int index) {
    return adding.test(index);
  }

  @Override
  public boolean inPlace(int output, int input) {
    return overwritesFirst && output == 0 && input == 0;
  }

  @Override
  public Launch bind(Bindings bindings) {
    Rows rows = work.bind(bindings, workers.count());
    Workers.Part part = (p, worker) -> rows.run(p, worker, split.from(p), split.from(p + 1));
    return () -> {
      workers.run(split.parts, part);
      rows.finish();
    };
  }
}
