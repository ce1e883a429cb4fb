package io.github.llm4j.backend.cpu.product;

import io.github.llm4j.api.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Matrices behind each other in memory, F32 or bf16, of which blocks are copied to and from arrays
 * of floats.
 */
final class Matrix {
  private final MemorySegment memory;
  private final boolean bf16;
  private final int rows;
  private final int columns;
  private final boolean transposed;
  private final float[] line;
  private final short[] halves;

  /**
   * Matrices {@code [rows, columns]}.
   *
   * @param transposed whether they lie as {@code [columns, rows]}
   */
  Matrix(MemorySegment memory, DType type, int rows, int columns, boolean transposed) {
    this.memory = memory;
    this.bf16 = type == DType.BF16;
    this.rows = rows;
    this.columns = columns;
    this.transposed = transposed;
    this.line = new float[Math.max(rows, columns)];
    this.halves = new short[bf16 ? line.length : 0];
  }

  static void readRow(MemorySegment memory, float[] target) {
    MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 0, target, 0, target.length);
  }

  private void load(long at, int count, float[] target, int to) {
    if (!bf16) {
      MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 4 * at, target, to, count);
      return;
    }
    MemorySegment.copy(memory, ValueLayout.JAVA_SHORT, 2 * at, halves, 0, count);
    for (int i = 0; i < count; i++) {
      target[to + i] = Float.intBitsToFloat(halves[i] << 16);
    }
  }

  /** Copies a block into rows of {@code step} elements; what the array holds beside it stays. */
  void read(int batch, int row, int height, int column, int width, float[] target, int step) {
    long base = (long) batch * rows * columns;
    if (!transposed) {
      for (int i = 0; i < height; i++) {
        load(base + (long) (row + i) * columns + column, width, target, i * step);
      }
      return;
    }
    for (int j = 0; j < width; j++) {
      load(base + (long) (column + j) * rows + row, height, line, 0);
      for (int i = 0; i < height; i++) {
        target[i * step + j] = line[i];
      }
    }
  }

  /** Copies or adds rows of {@code step} elements to a block. */
  void write(
      int batch,
      int row,
      int height,
      int column,
      int width,
      float[] source,
      int step,
      boolean adds) {
    long base = (long) batch * rows * columns;
    for (int i = 0; i < height; i++) {
      long at = base + (long) (row + i) * columns + column;
      int from = i * step;
      if (adds) {
        load(at, width, line, 0);
        for (int j = 0; j < width; j++) {
          source[from + j] += line[j];
        }
      }
      store(at, width, source, from);
    }
  }

  private void store(long at, int count, float[] source, int from) {
    if (!bf16) {
      MemorySegment.copy(source, from, memory, ValueLayout.JAVA_FLOAT, 4 * at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      float value = source[from + i];
      int bits = Float.floatToRawIntBits(value);
      int rounded = (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16; // to nearest, ties to even
      halves[i] = (short) (Float.isNaN(value) ? bits >>> 16 | 0x40 : rounded);
    }
    MemorySegment.copy(halves, 0, memory, ValueLayout.JAVA_SHORT, 2 * at, count);
  }
}
