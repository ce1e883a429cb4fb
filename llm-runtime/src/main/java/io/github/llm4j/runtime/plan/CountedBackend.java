package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * A backend whose memory is counted instead of given: what is recorded on it is the plan of the
 * backend behind it, to the byte, and a model larger than the machine can be recorded. Nothing that
 * is recorded on it can run: its memory has an address of its own and a length, and each access
 * throws {@link IllegalStateException}.
 *
 * <p>Threading: one thread.
 */
public final class CountedBackend implements Backend {
  private static final long ALIGNMENT = 64;

  private final Backend real;
  private long next = ALIGNMENT;
  private long bytes;

  /**
   * A backend that answers for another.
   *
   * @param real gives name and kernels; its memory stays as it is
   */
  public CountedBackend(Backend real) {
    this.real = real;
  }

  /** Bytes that were asked for so far. */
  public long bytes() {
    return bytes;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public String description() {
    return real.description();
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    return real.kernel(op, inputs).map(Unbound::new);
  }

  @Override
  @SuppressWarnings("restricted") // a length alone, behind a closed arena
  public MemorySegment allocate(long size) {
    bytes += size;
    try (Arena closed = Arena.ofConfined()) { // closed at once: nobody can read or write there
      MemorySegment memory = MemorySegment.ofAddress(next).reinterpret(size, closed, null);
      next += (size + ALIGNMENT) / ALIGNMENT * ALIGNMENT; // apart, though empty
      return memory;
    }
  }

  /** Copies nothing: there is no memory to copy to. */
  @Override
  public void upload(MemorySegment host, MemorySegment device) {}

  /** Copies nothing: there is no memory to copy from. */
  @Override
  public void download(MemorySegment device, MemorySegment host) {}

  /** Does nothing: whoever made the backend behind this one closes it. */
  @Override
  public void close() {}

  /** A kernel that is never tied to addresses. */
  private record Unbound(Kernel real) implements Kernel {
    @Override
    public long workspaceBytes() {
      return real.workspaceBytes();
    }

    @Override
    public boolean accumulates(int index) {
      return real.accumulates(index);
    }

    @Override
    public boolean inPlace(int output, int input) {
      return real.inPlace(output, input);
    }

    @Override
    public Launch bind(Bindings bindings) {
      return () -> {
        throw new IllegalStateException("what is recorded on counted memory can't run");
      };
    }
  }
}
