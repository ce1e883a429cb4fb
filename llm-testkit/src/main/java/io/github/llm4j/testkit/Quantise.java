package io.github.llm4j.testkit;

import io.github.llm4j.api.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes block-quantised weights for tests. */
public final class Quantise {
  private static final int LARGEST = 127;

  private Quantise() {}

  /**
   * Blocks of Q8_0: 32 signed bytes behind the half {@code max |x| / 127} that scales them.
   *
   * @param values a whole number of blocks
   */
  public static byte[] q8(float[] values) {
    int block = DType.Q8_0.blockElements();
    byte[] bytes = new byte[Math.toIntExact(DType.Q8_0.bytes(values.length))];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += block) {
      float max = 0;
      for (int i = from; i < from + block; i++) {
        max = Math.max(max, Math.abs(values[i]));
      }
      float scale = max / LARGEST;
      buffer.putShort(Float.floatToFloat16(scale));
      for (int i = from; i < from + block; i++) {
        buffer.put((byte) (scale == 0 ? 0 : Math.round(values[i] / scale)));
      }
    }
    return bytes;
  }
}
