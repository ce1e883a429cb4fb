package io.github.llm4j.runtime.model;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.formats.safetensors.NewTensor;
import java.lang.foreign.MemorySegment;

/**
 * A backend's memory as the elements of a tensor that is written, without a second copy on the
 * host.
 *
 * @param backend whose memory it is
 * @param memory its elements
 */
public record BackendData(Backend backend, MemorySegment memory) implements NewTensor.Data {

  @Override
  public long bytes() {
    return memory.byteSize();
  }

  @Override
  public void copy(long offset, MemorySegment target) {
    backend.download(memory.asSlice(offset, target.byteSize()), target);
  }
}
