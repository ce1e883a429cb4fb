package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.api.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rows of one head between memory {@code [B, T, H, D]} (F32 or bf16) and arrays of floats, in which
 * a row takes {@code width} elements with zeros behind the D of the head.
 */
final class HeadRows {
  private final MemorySegment memory;
  private final boolean bf16;
  private final int rows;
  private final int heads;
  private final int d;
  private final int width;
  private final short[] halves;

  HeadRows(MemorySegment memory, DType type, int rows, int heads, int d, int width) {
    this.memory = memory;
    this.bf16 = type == DType.BF16;
    this.rows = rows;
    this.heads = heads;
    this.d = d;
    this.width = width;
    this.halves = new short[d];
  }

  private long at(int text, int row, int head) {
    return (((long) text * rows + row) * heads + head) * d;
  }

  /** Reads rows from {@code from} on into {@code target}; rows behind the last become zeros. */
  void read(int text, int head, int from, int count, float[] target, float factor) {
    for (int i = 0; i < count; i++) {
      int to = i * width;
      if (from + i >= rows) {
        java.util.Arrays.fill(target, to, to + width, 0);
        continue;
      }
      long source = at(text, from + i, head);
      if (bf16) {
        MemorySegment.copy(memory, ValueLayout.JAVA_SHORT, 2 * source, halves, 0, d);
        for (int j = 0; j < d; j++) {
          target[to + j] = Float.intBitsToFloat(halves[j] << 16) * factor;
        }
      } else {
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 4 * source, target, to, d);
        for (int j = 0; j < d && factor != 1; j++) {
          target[to + j] *= factor;
        }
      }
    }
  }

  /** Writes rows from {@code from} on; those behind the last are left out. */
  void write(int text, int head, int from, int count, float[] source) {
    for (int i = 0; i < count && from + i < rows; i++) {
      long target = at(text, from + i, head);
      int at = i * width;
      if (bf16) {
        for (int j = 0; j < d; j++) {
          halves[j] = round(source[at + j]);
        }
        MemorySegment.copy(halves, 0, memory, ValueLayout.JAVA_SHORT, 2 * target, d);
      } else {
        MemorySegment.copy(source, at, memory, ValueLayout.JAVA_FLOAT, 4 * target, d);
      }
    }
  }

  /** Nearest bf16, ties to even; a NaN stays one. */
  private static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + 0x7FFF + (bits >>> 16 & 1) >>> 16;
    return (short) (Float.isNaN(value) ? bits >>> 16 | 0x40 : rounded);
  }

  /** Columns of {@code source [count, width]} as rows of {@code target [width, step]}. */
  static void transpose(float[] source, int count, int width, float[] target, int step) {
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        target[j * step + i] = source[i * width + j];
      }
    }
  }
}
