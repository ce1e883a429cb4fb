package io.github.llm4j.backend.cpu.onednn;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.product.Product;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A product split over the workers along its batch, rows or columns. Each part has a primitive, a
 * stream and memory objects of its own, made when addresses are known: one primitive on two threads
 * would be serialised.
 */
final class ProductKernel implements Kernel {
  /** Below this, the second thread costs more than it brings: about 50 us on one core in F32. */
  private static final double ALONE_FLOPS = 4e6;

  /** Parts begin at multiples of this many rows or columns: the library's tiles are not larger. */
  private static final int TILE = 16;

  private final OneDnn library;
  private final Workers workers;
  private final Product product;

  ProductKernel(OneDnn library, Workers workers, Product product) {
    this.library = library;
    this.workers = workers;
    this.product = product;
  }

  @Override
  public boolean accumulates(int index) {
    return true;
  }

  /** A range of one axis of the product. */
  private record Range(int from, int to) {
    int size() {
      return to - from;
    }

    static Range whole(int size) {
      return new Range(0, size);
    }

    /** Part {@code index} of {@code parts}, beginning at a multiple of {@code unit}. */
    static Range part(int size, int index, int parts, int unit) {
      int units = (size + unit - 1) / unit;
      int from = (int) ((long) units * index / parts) * unit;
      int to = (int) ((long) units * (index + 1) / parts) * unit;
      return new Range(Math.min(from, size), Math.min(to, size));
    }
  }

  @Override
  public Launch bind(Bindings bindings) {
    int parts = product.flops() < ALONE_FLOPS ? 1 : workers.count();
    if (product.batch() > 1) {
      parts = Math.min(parts, product.batch());
    } else {
      parts = Math.min(parts, Math.max(1, Math.max(product.m(), product.n()) / TILE));
    }
    Bound[] bound = new Bound[parts];
    for (int i = 0; i < parts; i++) {
      bound[i] = bind(bindings, i, parts);
    }
    if (parts == 1) {
      return bound[0]::run;
    }
    int count = parts;
    Workers.Part work = (part, worker) -> bound[part].run();
    return () -> workers.run(count, work);
  }

  private Bound bind(Bindings bindings, int part, int parts) {
    Range batch = Range.whole(product.batch());
    Range rows = Range.whole(product.m());
    Range columns = Range.whole(product.n());
    if (product.batch() > 1) {
      batch = Range.part(product.batch(), part, parts, 1);
    } else if (product.m() >= product.n() || product.m() >= 8 * TILE * parts) {
      rows = Range.part(product.m(), part, parts, TILE);
    } else {
      columns = Range.part(product.n(), part, parts, TILE);
    }
    int m = product.m();
    int n = product.n();
    int k = product.k();
    long[] stepsA = product.transposeA() ? new long[] {1, m} : new long[] {k, 1};
    long[] stepsB = product.transposeB() ? new long[] {1, k} : new long[] {n, 1};
    long[] stepsY = {n, 1};
    MemorySegment a = describe(product.in(), batch, rows.size(), k, (long) m * k, stepsA);
    MemorySegment b = describe(product.in(), batch, k, columns.size(), (long) k * n, stepsB);
    MemorySegment y =
        describe(product.out(), batch, rows.size(), columns.size(), (long) m * n, stepsY);
    MemorySegment bias =
        product.bias()
            ? library.describe(
                OneDnn.F32, new long[] {1, columns.size()}, new long[] {columns.size(), 1})
            : MemorySegment.NULL;
    long atA = (long) batch.from() * m * k + rows.from() * stepsA[0];
    long atB = (long) batch.from() * k * n + columns.from() * stepsB[1];
    long atY = (long) batch.from() * m * n + (long) rows.from() * n + columns.from();
    int count = product.bias() ? 4 : 3;
    int[] numbers = new int[count];
    MemorySegment[] memories = new MemorySegment[count];
    numbers[0] = OneDnn.SOURCE;
    memories[0] = library.memory(a, at(bindings.input(0), product.in(), atA));
    numbers[1] = OneDnn.WEIGHTS;
    memories[1] = library.memory(b, at(bindings.input(1), product.in(), atB));
    numbers[2] = OneDnn.DESTINATION;
    memories[2] = library.memory(y, at(bindings.output(0), product.out(), atY));
    if (product.bias()) {
      numbers[3] = OneDnn.BIAS;
      memories[3] = library.memory(bias, at(bindings.input(2), DType.F32, columns.from()));
    }
    MemorySegment arguments = OneDnn.arguments(numbers, memories, Arena.ofAuto());
    return new Bound(
        library,
        library.product(a, b, bias, y, bindings.accumulate(0)),
        library.stream(),
        count,
        arguments);
  }

  private MemorySegment describe(
      DType type, Range batch, int rows, int columns, long matrix, long[] steps) {
    int native_ = type == DType.BF16 ? OneDnn.BF16 : OneDnn.F32;
    return product.batch() == 1
        ? library.describe(native_, new long[] {rows, columns}, steps)
        : library.describe(
            native_,
            new long[] {batch.size(), rows, columns},
            new long[] {matrix, steps[0], steps[1]});
  }

  private static MemorySegment at(MemorySegment memory, DType type, long element) {
    return memory.asSlice(type.bytes(element));
  }

  /** A part with its addresses. */
  private record Bound(
      OneDnn library,
      MemorySegment primitive,
      MemorySegment stream,
      int count,
      MemorySegment arguments) {
    void run() {
      library.execute(primitive, stream, count, arguments);
    }
  }
}
