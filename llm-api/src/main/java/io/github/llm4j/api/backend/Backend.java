package io.github.llm4j.api.backend;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Memory and kernels of one device.
 *
 * <p>A backend needs a kernel for every primitive of {@code api.op}; an op without one is
 * decomposed by whoever records. Memory is addressed by {@link MemorySegment}: on the CPU its
 * elements can be read, on a device it is an address that only kernels and the two copies below
 * understand.
 */
public interface Backend extends AutoCloseable {

  /** Name that configs use, as {@code cpu}. */
  String name();

  /** One line on what is used and why: device, rung, libraries. */
  String description();

  /**
   * A kernel for an op over operands of these specs, or empty if there is none.
   *
   * @param op the op; its components are constants of the kernel
   * @param inputs specs of the operands, already checked by {@link Op#outputs}
   */
  Optional<Kernel> kernel(Op op, List<TensorSpec> inputs);

  /**
   * Zeroed memory, aligned to 64 bytes, that lives until {@link #close}.
   *
   * @param bytes 0 or more
   */
  MemorySegment allocate(long bytes);

  /** Copies host memory to the device; on the CPU a plain copy. */
  void upload(MemorySegment host, MemorySegment device);

  /** Copies device memory to the host, after all launches before it. */
  void download(MemorySegment device, MemorySegment host);

  /** Frees all memory. */
  @Override
  void close();
}
