package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.CpuBackendProvider;
import io.github.llm4j.backend.cpu.CpuSettings;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** {@code metered}: the CPU, with a count of the bytes that were taken of it. */
public final class MeteredProvider implements BackendProvider<CpuSettings> {
  static final AtomicLong BYTES = new AtomicLong();

  private final CpuBackendProvider cpu = new CpuBackendProvider();

  @Override
  public String type() {
    return "metered";
  }

  @Override
  public Class<CpuSettings> settings() {
    return CpuSettings.class;
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Availability probe() {
    return cpu.probe();
  }

  @Override
  public Backend create(CpuSettings settings, BackendContext context) {
    return new Metered(cpu.create(settings, context));
  }

  private record Metered(Backend real) implements Backend {
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
      return real.kernel(op, inputs);
    }

    @Override
    public MemorySegment allocate(long bytes) {
      BYTES.addAndGet(bytes);
      return real.allocate(bytes);
    }

    @Override
    public void upload(MemorySegment host, MemorySegment device) {
      real.upload(host, device);
    }

    @Override
    public void download(MemorySegment device, MemorySegment host) {
      real.download(device, host);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
