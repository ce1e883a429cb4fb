package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.Span;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What overwrites its operands. */
final class UpdateKernels {
  private static final int BLOCK = 1 << 14;

  private UpdateKernels() {}

  static RowKernel accumulate(Accumulate op, List<TensorSpec> in, Loops loops, Workers workers) {
    long n = in.get(0).shape().elements();
    int blocks = Math.toIntExact((n + BLOCK - 1) / BLOCK);
    return RowKernel.of(
        new RowKernel.Split(blocks, BLOCK, blocks),
        workers,
        (bindings, count) -> {
          MemorySegment value = bindings.input(1);
          MemorySegment target = bindings.output(0);
          return (part, worker, from, to) -> {
            long at = 4L * part * BLOCK;
            int size = (int) Math.min(BLOCK, n - (long) part * BLOCK);
            if (op.store()) {
              MemorySegment.copy(value, at, target, at, 4L * size);
            } else {
              loops.add(value, target, at, size);
            }
          };
        });
  }

  /** A block of a span. */
  private record Block(long from, int size, float decay, float rate) {}

  static RowKernel adamW(AdamW op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<Block> blocks = new ArrayList<>();
    for (Span span : op.spans()) {
      for (long at = span.from(); span.lrScale() != 0 && at < span.to(); at += BLOCK) {
        int size = (int) Math.min(BLOCK, span.to() - at);
        blocks.add(new Block(at, size, (float) span.weightDecay(), (float) span.lrScale()));
      }
    }
    int count = blocks.size();
    return RowKernel.of(
        new RowKernel.Split(count, BLOCK, count),
        workers,
        (bindings, threads) -> new Step(op, loops, bindings, in, List.copyOf(blocks)));
  }

  private static final class Step implements RowKernel.Rows {
    private final Loops loops;
    private final AdamW op;
    private final List<Block> blocks;
    private final Adam arenas;
    private final Operand hyper;
    private final Operand scale;
    private final Operand finite;

    Step(AdamW op, Loops loops, Bindings bindings, List<TensorSpec> in, List<Block> blocks) {
      this.loops = loops;
      this.op = op;
      this.blocks = blocks;
      hyper = Operand.in(loops, bindings, in, 4);
      scale = Operand.in(loops, bindings, in, 5);
      finite = Operand.in(loops, bindings, in, 6);
      arenas =
          new Adam(
              bindings.input(3),
              bindings.output(0),
              bindings.output(1),
              bindings.output(2),
              op.copy() ? bindings.output(3) : null);
    }

    @Override
    public void run(int part, int worker, int from, int to) {
      if (finite.number(0) == 0) {
        return;
      }
      Block block = blocks.get(part);
      float rate = hyper.number(0) * block.rate;
      Adam.Factors factors =
          new Adam.Factors(
              scale.number(0),
              (float) op.beta1(),
              (float) (1 - op.beta1()),
              (float) op.beta2(),
              (float) (1 - op.beta2()),
              (float) op.eps(),
              1 / hyper.number(1),
              1 / hyper.number(2),
              rate,
              block.decay);
      loops.adam(arenas, factors, block.from, block.size);
    }
  }
}
