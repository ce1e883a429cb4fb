package io.github.llm4j.runtime.model;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.formats.safetensors.ElementType;
import io.github.llm4j.formats.safetensors.NewTensor;
import io.github.llm4j.formats.safetensors.SafetensorsFile;
import io.github.llm4j.formats.safetensors.SafetensorsWriter;
import io.github.llm4j.formats.safetensors.TensorEntry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Memory that lasts from step to step as safetensors, as it lies in its arenas. */
public final class StateFile {
  private StateFile() {}

  /**
   * Writes a file over one that is there.
   *
   * @throws IOException if the disk refuses; the old file stays
   */
  public static void write(Path file, Map<String, StateTensor> memory, Backend backend)
      throws IOException {
    List<NewTensor> tensors = new ArrayList<>();
    memory.forEach(
        (name, state) ->
            tensors.add(
                new NewTensor(
                    name,
                    type(state.spec().dtype()),
                    shape(state),
                    new BackendData(backend, state.memory()))));
    SafetensorsWriter.write(file, Map.of(), tensors);
  }

  /**
   * Fills memory.
   *
   * @throws IOException if the file isn't whole, or doesn't fit
   */
  public static void read(Path file, Map<String, StateTensor> memory, Backend backend)
      throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      if (!tensors.tensors().keySet().equals(memory.keySet())) {
        throw new IOException(
            "%s: the optimizer's tensors %s expected, found %s."
                .formatted(file, memory.keySet(), tensors.tensors().keySet()));
      }
      for (Map.Entry<String, StateTensor> entry : memory.entrySet()) {
        TensorEntry found = tensors.tensor(entry.getKey());
        StateTensor state = entry.getValue();
        if (found.type() != type(state.spec().dtype()) || !found.shape().equals(shape(state))) {
          throw new IOException(
              "%s: %s as %s expected, found %s %s."
                  .formatted(file, entry.getKey(), state.spec(), found.type(), found.shape()));
        }
        MemorySegment data = tensors.data(entry.getKey());
        backend.upload(data, state.memory());
      }
    }
  }

  /** The first value that isn't, bit for bit, that of a file. */
  public static Optional<String> difference(
      Path file, Map<String, StateTensor> memory, Backend backend) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file);
        Arena arena = Arena.ofConfined()) {
      for (Map.Entry<String, StateTensor> entry : memory.entrySet()) {
        MemorySegment saved = tensors.data(entry.getKey());
        MemorySegment now = arena.allocate(Math.max(1, saved.byteSize()), 64);
        backend.download(entry.getValue().memory(), now.asSlice(0, saved.byteSize()));
        long at = saved.mismatch(now.asSlice(0, saved.byteSize()));
        if (at >= 0) {
          DType type = entry.getValue().spec().dtype();
          return Optional.of(
              "%s differs from element %d on".formatted(entry.getKey(), at / type.bytes(1)));
        }
      }
      return Optional.empty();
    }
  }

  private static List<Long> shape(StateTensor state) {
    return Arrays.stream(state.spec().shape().sizes()).mapToObj(size -> (long) size).toList();
  }

  private static ElementType type(DType type) {
    return ElementType.valueOf(type.name());
  }
}
