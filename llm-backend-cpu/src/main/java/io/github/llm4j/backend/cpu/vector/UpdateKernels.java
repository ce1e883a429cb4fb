package io.github.llm4j.backend.cpu.vector;

import static java.nio.ByteOrder.nativeOrder;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** What overwrites its operands. */
final class UpdateKernels {
  private static final int BLOCK = 1 << 14;
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private UpdateKernels() {}

  static RowKernel accumulate(Accumulate op, List<TensorSpec> in, Workers workers) {
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
              add(value, target, at, size);
            }
          };
        });
  }

  private static void add(MemorySegment x, MemorySegment y, long at, int n) {
    int i = 0;
    for (; i <= n - Lanes.N; i += Lanes.N) {
      long place = at + 4L * i;
      FloatVector sum = FloatVector.fromMemorySegment(Lanes.F, y, place, nativeOrder());
      sum.add(FloatVector.fromMemorySegment(Lanes.F, x, place, nativeOrder()))
          .intoMemorySegment(y, place, nativeOrder());
    }
    for (; i < n; i++) {
      long place = at + 4L * i;
      y.set(F32, place, y.get(F32, place) + x.get(F32, place));
    }
  }

  /** A block of a span. */
  private record Block(long from, int size, float decay, float rate) {}

  static RowKernel adamW(AdamW op, List<TensorSpec> in, Workers workers) {
    List<Block> blocks = new ArrayList<>();
    for (AdamW.Span span : op.spans()) {
      for (long at = span.from(); at < span.to(); at += BLOCK) {
        int size = (int) Math.min(BLOCK, span.to() - at);
        blocks.add(new Block(at, size, (float) span.weightDecay(), (float) span.lrScale()));
      }
    }
    int count = blocks.size();
    return RowKernel.of(
        new RowKernel.Split(count, BLOCK, count),
        workers,
        (bindings, threads) -> new Adam(op, bindings, in, List.copyOf(blocks)));
  }

  private static final class Adam implements RowKernel.Rows {
    private final AdamW op;
    private final List<Block> blocks;
    private final MemorySegment grad;
    private final Operand hyper;
    private final Operand scale;
    private final Operand finite;
    private final MemorySegment w;
    private final MemorySegment m;
    private final MemorySegment v;
    private final @Nullable MemorySegment copy;

    Adam(AdamW op, Bindings bindings, List<TensorSpec> in, List<Block> blocks) {
      this.op = op;
      this.blocks = blocks;
      grad = bindings.input(3);
      hyper = Operand.in(bindings, in, 4);
      scale = Operand.in(bindings, in, 5);
      finite = Operand.in(bindings, in, 6);
      w = bindings.output(0);
      m = bindings.output(1);
      v = bindings.output(2);
      copy = op.copy() ? bindings.output(3) : null;
    }

    @Override
    public void run(int part, int worker, int from, int to) {
      if (finite.number(0) == 0) {
        return;
      }
      Block block = blocks.get(part);
      float rate = hyper.number(0) * block.rate;
      Factors factors =
          new Factors(
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
      int i = 0;
      for (; i <= block.size - Lanes.N; i += Lanes.N) {
        vector(4 * (block.from + i), factors);
      }
      for (; i < block.size; i++) {
        element(4 * (block.from + i), factors);
      }
    }

    private void vector(long at, Factors f) {
      FloatVector g = FloatVector.fromMemorySegment(Lanes.F, grad, at, nativeOrder()).mul(f.scale);
      FloatVector first =
          FloatVector.fromMemorySegment(Lanes.F, m, at, nativeOrder())
              .mul(f.beta1)
              .add(g.mul(f.rest1));
      FloatVector second =
          FloatVector.fromMemorySegment(Lanes.F, v, at, nativeOrder())
              .mul(f.beta2)
              .add(g.mul(g).mul(f.rest2));
      first.intoMemorySegment(m, at, nativeOrder());
      second.intoMemorySegment(v, at, nativeOrder());
      FloatVector root = second.mul(f.c2).sqrt().add(f.eps);
      FloatVector old = FloatVector.fromMemorySegment(Lanes.F, w, at, nativeOrder());
      FloatVector step = first.mul(f.c1).div(root).add(old.mul(f.decay));
      FloatVector fresh = old.sub(step.mul(f.rate));
      fresh.intoMemorySegment(w, at, nativeOrder());
      if (copy != null) {
        Tile.round(fresh).intoMemorySegment(copy, at / 2, nativeOrder());
      }
    }

    /** The same operations in the same order. */
    private void element(long at, Factors f) {
      float g = grad.get(F32, at) * f.scale;
      float first = m.get(F32, at) * f.beta1 + g * f.rest1;
      float second = v.get(F32, at) * f.beta2 + g * g * f.rest2;
      m.set(F32, at, first);
      v.set(F32, at, second);
      float root = (float) Math.sqrt(second * f.c2) + f.eps;
      float old = w.get(F32, at);
      float step = first * f.c1 / root + old * f.decay;
      float fresh = old - step * f.rate;
      w.set(F32, at, fresh);
      if (copy != null) {
        copy.set(ValueLayout.JAVA_SHORT_UNALIGNED, at / 2, Tile.round(fresh));
      }
    }

    /** Constants of a block. */
    private record Factors(
        float scale,
        float beta1,
        float rest1,
        float beta2,
        float rest2,
        float eps,
        float c1,
        float c2,
        float rate,
        float decay) {}
  }
}
