package io.github.llm4j.runtime.folder;

import io.github.llm4j.formats.safetensors.NewTensor;
import io.github.llm4j.runtime.family.TensorMapping;
import io.github.llm4j.runtime.model.Parameters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a tensor that fuses or turns parameters, put together when they are first asked for
 * and let go with the last.
 */
final class FusedData implements NewTensor.Data {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final TensorMapping mapping;
  private final Parameters parameters;
  private float @Nullable [] values;

  FusedData(TensorMapping mapping, Parameters parameters) {
    this.mapping = mapping;
    this.parameters = parameters;
  }

  @Override
  public long bytes() {
    return mapping.parts().stream().mapToLong(p -> p.shape().elements()).sum() * Float.BYTES;
  }

  @Override
  public void copy(long offset, MemorySegment target) {
    float[] all = values;
    if (all == null) {
      all = mapping.join(mapping.parts().stream().map(p -> parameters.read(p.path())).toList());
      values = all;
    }
    int count = (int) (target.byteSize() / Float.BYTES);
    MemorySegment.copy(all, (int) (offset / Float.BYTES), target, FLOAT, 0, count);
    if (offset + target.byteSize() == bytes()) {
      values = null;
    }
  }
}
