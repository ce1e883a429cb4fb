package io.github.llm4j.backend.cpu.onednn;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.product.Product;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  private static final long ALIGNMENT = 64;

  private final OneDnn library;
  private final Workers workers;
  private final Product product;
  private final Map<Product, Long> scratch;

  /**
   * A product that isn't bound yet.
   *
   * @param scratch bytes of scratch memory of products that were looked at before
   */
  ProductKernel(OneDnn library, Workers workers, Product product, Map<Product, Long> scratch) {
    this.scratch = scratch;
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

  /** Scratch memory of all parts: each has its own, since they run at the same time. */
  @Override
  public long workspaceBytes() {
    return scratch.computeIfAbsent(product, p -> parts() * scratchBytes());
  }

  /** The most that a part needs, whether it writes or adds. */
  private long scratchBytes() {
    int parts = parts();
    long most = 0;
    for (int part = 0; part < parts; part++) {
      for (boolean accumulate : new boolean[] {false, true}) {
        MemorySegment description = new Part(part, parts).description(accumulate);
        most = Math.max(most, library.bytes(library.scratchpad(description)));
        library.forget(description);
      }
    }
    return (most + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private int parts() {
    int parts = product.flops() < ALONE_FLOPS ? 1 : workers.count();
    if (product.batch() > 1) {
      return Math.min(parts, product.batch());
    }
    return Math.min(parts, Math.max(1, Math.max(product.m(), product.n()) / TILE));
  }

  @Override
  public Launch bind(Bindings bindings) {
    int parts = parts();
    Bound[] bound = new Bound[parts];
    for (int i = 0; i < parts; i++) {
      bound[i] = new Part(i, parts).bind(bindings);
    }
    if (parts == 1) {
      return bound[0]::run;
    }
    int count = parts;
    Workers.Part work = (part, worker) -> bound[part].run();
    return () -> workers.run(count, work);
  }

  /** A part of the product, described to the library. */
  private final class Part {
    private final int index;
    private final int parts;
    private final Range batch;
    private final Range rows;
    private final Range columns;
    private final long[] stepsA;
    private final long[] stepsB;
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment y;
    private final MemorySegment bias;

    Part(int index, int parts) {
      this.index = index;
      this.parts = parts;
      int m = product.m();
      int n = product.n();
      int k = product.k();
      boolean split = product.batch() == 1;
      boolean byRows = m >= n || m >= 8 * TILE * parts;
      batch = split ? Range.whole(1) : Range.part(product.batch(), index, parts, 1);
      rows = split && byRows ? Range.part(m, index, parts, TILE) : Range.whole(m);
      columns = split && !byRows ? Range.part(n, index, parts, TILE) : Range.whole(n);
      stepsA = product.transposeA() ? new long[] {1, m} : new long[] {k, 1};
      stepsB = product.transposeB() ? new long[] {1, k} : new long[] {n, 1};
      long[] stepsY = {n, 1};
      a = describe(product.in(), batch, rows.size(), k, (long) m * k, stepsA);
      b = describe(product.in(), batch, k, columns.size(), (long) k * n, stepsB);
      y = describe(product.out(), batch, rows.size(), columns.size(), (long) m * n, stepsY);
      bias =
          product.bias()
              ? library.describe(
                  OneDnn.F32, new long[] {1, columns.size()}, new long[] {columns.size(), 1})
              : MemorySegment.NULL;
    }

    MemorySegment description(boolean accumulate) {
      return library.product(a, b, bias, y, accumulate);
    }

    Bound bind(Bindings bindings) {
      int m = product.m();
      int n = product.n();
      int k = product.k();
      long atA = (long) batch.from() * m * k + rows.from() * stepsA[0];
      long atB = (long) batch.from() * k * n + columns.from() * stepsB[1];
      long atY = (long) batch.from() * m * n + (long) rows.from() * n + columns.from();
      List<Integer> numbers = new ArrayList<>();
      List<MemorySegment> memories = new ArrayList<>();
      numbers.add(OneDnn.SOURCE);
      memories.add(library.memory(a, at(bindings.input(0), product.in(), atA)));
      numbers.add(OneDnn.WEIGHTS);
      memories.add(library.memory(b, at(bindings.input(1), product.in(), atB)));
      numbers.add(OneDnn.DESTINATION);
      memories.add(library.memory(y, at(bindings.output(0), product.out(), atY)));
      if (product.bias()) {
        numbers.add(OneDnn.BIAS);
        memories.add(library.memory(bias, at(bindings.input(2), DType.F32, columns.from())));
      }
      MemorySegment description = description(bindings.accumulate(0));
      MemorySegment scratchpad = library.scratchpad(description);
      if (library.bytes(scratchpad) > 0) {
        long each = workspaceBytes() / parts;
        numbers.add(OneDnn.SCRATCHPAD);
        memories.add(library.memory(scratchpad, bindings.workspace().asSlice(index * each, each)));
      }
      int[] order = numbers.stream().mapToInt(Integer::intValue).toArray();
      return new Bound(
          library,
          library.primitive(description),
          library.stream(),
          order.length,
          OneDnn.arguments(order, memories.toArray(MemorySegment[]::new), Arena.ofAuto()));
    }
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

  /** A part with its addresses, ready to run. */
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
