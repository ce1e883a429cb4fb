package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.Exp;
import io.github.llm4j.api.op.Fill;
import io.github.llm4j.api.op.Mul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.op.Scale;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * A handful of element-wise F32 kernels and a fused norm, enough to see what a plan does with
 * memory. Whatever it allocates is filled with garbage first, so that nothing works by chance on
 * zeros.
 */
final class ToyBackend implements Backend {
  private final Arena arena = Arena.ofShared();
  final List<Long> allocated = new ArrayList<>();
  boolean garbage = true;

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String description() {
    return "a handful of kernels";
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    return switch (op) {
      case Fill fill -> Optional.of(new Elementwise((a, b) -> fill.value(), 0, false));
      case Add add -> Optional.of(new Elementwise(Double::sum, 2, true));
      case Mul mul -> Optional.of(new Elementwise((a, b) -> a * b, 2, true));
      case Exp exp -> Optional.of(new Elementwise((a, b) -> Math.exp(a), 1, true));
      case Scale scale ->
          Optional.of(new Elementwise((a, b) -> a * scale.factor() + scale.offset(), 1, true));
      case Accumulate accumulate -> Optional.of(new Accumulating(accumulate.store()));
      case RmsNorm norm -> Optional.of(new Norm(norm));
      default -> Optional.empty();
    };
  }

  @Override
  public MemorySegment allocate(long bytes) {
    allocated.add(bytes);
    MemorySegment memory = arena.allocate(bytes, 64);
    if (garbage) {
      memory.fill((byte) 0x7F);
    }
    return memory;
  }

  @Override
  public void upload(MemorySegment host, MemorySegment device) {
    device.copyFrom(host);
  }

  @Override
  public void download(MemorySegment device, MemorySegment host) {
    host.copyFrom(device);
  }

  @Override
  public void close() {
    arena.close();
  }

  static float at(MemorySegment memory, long i) {
    return memory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
  }

  /** Adds to its output where it may, as a product with beta = 1 does; takes scratch memory too. */
  private record Elementwise(DoubleBinaryOperator f, int operands, boolean adds) implements Kernel {
    @Override
    public boolean accumulates(int index) {
      return adds;
    }

    @Override
    public boolean inPlace(int output, int input) {
      return true;
    }

    @Override
    public long workspaceBytes() {
      return 64;
    }

    @Override
    public Launch bind(Bindings bindings) {
      MemorySegment out = bindings.output(0);
      MemorySegment a = operands > 0 ? bindings.input(0) : out;
      MemorySegment b = operands > 1 ? bindings.input(1) : a;
      MemorySegment scratch = bindings.workspace();
      boolean accumulate = bindings.accumulate(0);
      return () -> {
        scratch.fill((byte) 0x7F); // whoever shares these bytes wrongly is seen
        for (long i = 0; i < out.byteSize() / 4; i++) {
          float value = (float) f.applyAsDouble(at(a, i), at(b, i));
          out.setAtIndex(ValueLayout.JAVA_FLOAT, i, accumulate ? at(out, i) + value : value);
        }
      };
    }
  }

  private record Accumulating(boolean store) implements Kernel {
    @Override
    public Launch bind(Bindings bindings) {
      MemorySegment target = bindings.input(0);
      MemorySegment value = bindings.input(1);
      return () -> {
        for (long i = 0; i < target.byteSize() / 4; i++) {
          float old = store ? 0 : at(target, i);
          target.setAtIndex(ValueLayout.JAVA_FLOAT, i, old + at(value, i));
        }
      };
    }
  }

  /** One row only; writes rstd where it is wanted. */
  private record Norm(RmsNorm op) implements Kernel {
    @Override
    public Launch bind(Bindings bindings) {
      MemorySegment x = bindings.input(0);
      MemorySegment weight = bindings.input(1);
      MemorySegment y = bindings.output(0);
      Optional<MemorySegment> saved =
          bindings.wanted(1) ? Optional.of(bindings.output(1)) : Optional.empty();
      return () -> {
        long n = x.byteSize() / 4;
        double sum = 0;
        for (long i = 0; i < n; i++) {
          sum += at(x, i) * (double) at(x, i);
        }
        float rstd = (float) (1 / Math.sqrt(sum / n + op.eps()));
        for (long i = 0; i < n; i++) {
          y.setAtIndex(ValueLayout.JAVA_FLOAT, i, at(x, i) * rstd * at(weight, i));
        }
        saved.ifPresent(s -> s.setAtIndex(ValueLayout.JAVA_FLOAT, 0, rstd));
      };
    }
  }
}
