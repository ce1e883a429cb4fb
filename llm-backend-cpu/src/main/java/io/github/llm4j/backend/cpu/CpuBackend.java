package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Memory of this process, and kernels rung by rung. */
final class CpuBackend implements Backend {
  private static final int ALIGNMENT = 64;

  private final String name;
  private final String description;
  private final PluginKernels plugins;
  private final List<Rung> rungs;
  private final Arena arena = Arena.ofShared();

  CpuBackend(String name, String description, PluginKernels plugins, List<Rung> rungs) {
    this.name = name;
    this.description = description;
    this.plugins = plugins;
    this.rungs = rungs;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    Optional<Kernel> kernel = plugins.kernel(op, inputs);
    for (int i = 0; kernel.isEmpty() && i < rungs.size(); i++) {
      kernel = rungs.get(i).kernels().kernel(op, inputs);
    }
    return kernel;
  }

  @Override
  public MemorySegment allocate(long bytes) {
    try {
      return arena.allocate(bytes, ALIGNMENT);
    } catch (OutOfMemoryError e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "backend '%s': %,d bytes of free memory expected, found less. Use a smaller batch or model."
              .formatted(name, bytes),
          e);
    }
  }

  @Override
  public void upload(MemorySegment host, MemorySegment device) {
    MemorySegment.copy(host, 0, device, 0, host.byteSize());
  }

  @Override
  public void download(MemorySegment device, MemorySegment host) {
    MemorySegment.copy(device, 0, host, 0, device.byteSize());
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
