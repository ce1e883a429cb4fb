package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.op.GatherRows;
import io.github.llm4j.api.op.ScatterAddRows;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Kernels that find rows by index. */
final class RowKernels {
  private RowKernels() {}

  /** Rows are copied as bytes, so that block-quantised tables go too. */
  static Kernel gather(GatherRows op, List<TensorSpec> inputs) {
    TensorSpec table = inputs.get(0);
    long count = inputs.get(1).shape().elements();
    long bytes = table.dtype().bytes(table.shape().product(1, table.shape().rank()));
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          MemorySegment rows = operands.bindings().input(0);
          Elements indices = operands.in(1);
          MemorySegment y = operands.bindings().output(0);
          return () -> {
            for (long i = 0; i < count; i++) {
              long row = indices.integer(i);
              if (row < 0) {
                y.asSlice(i * bytes, bytes).fill((byte) 0);
              } else {
                MemorySegment.copy(rows, row * bytes, y, i * bytes, bytes);
              }
            }
          };
        });
  }

  /** Adds to what the target holds if it is to accumulate, else to zeros. */
  static Kernel scatterAdd(ScatterAddRows op, List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    long count = inputs.get(1).shape().elements();
    long width = x.product(inputs.get(1).shape().rank(), x.rank());
    TensorSpec target = op.outputs(inputs).get(0).spec();
    ScalarKernel.Body body =
        operands -> {
          Elements rows = operands.in(0);
          Elements indices = operands.in(1);
          Elements y = Elements.of(operands.bindings().output(0), target.dtype());
          boolean keep = operands.bindings().accumulate(0);
          return () -> {
            if (!keep) {
              operands.bindings().output(0).fill((byte) 0);
            }
            for (long i = 0; i < count; i++) {
              long row = indices.integer(i);
              for (long c = 0; row >= 0 && c < width; c++) {
                y.set(row * width + c, y.get(row * width + c) + rows.get(i * width + c));
              }
            }
          };
        };
    return ScalarKernel.of(op, inputs, Use.STORED_ONCE, body);
  }

  static Kernel cacheAppend(CacheAppend op, List<TensorSpec> inputs) {
    TensorSpec cache = inputs.get(0);
    int batch = cache.shape().size(0);
    int places = cache.shape().size(1);
    int added = inputs.get(1).shape().size(1);
    long bytes = cache.dtype().bytes(cache.shape().product(2, cache.shape().rank()));
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          MemorySegment rows = operands.bindings().input(1);
          Elements lengths = operands.in(2);
          MemorySegment y = operands.bindings().output(0);
          return () -> {
            for (long b = 0; b < batch; b++) {
              long to = (b * places + lengths.integer(b)) * bytes;
              MemorySegment.copy(rows, b * added * bytes, y, to, added * bytes);
            }
          };
        });
  }
}
