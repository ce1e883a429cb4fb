package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A kernel whose elements i depend on the operands' elements i alone, computed tile by tile. */
record ElementKernel(
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    Loops loops,
    Workers workers,
    ElementLoop loop)
    implements Kernel {
  private static final int TILE = 1024;
  private static final int PART = 16 * TILE;

  static ElementKernel of(
      Op op, List<TensorSpec> inputs, Loops loops, Workers workers, ElementLoop loop) {
    List<TensorSpec> outputs = op.outputs(inputs).stream().map(Output::spec).toList();
    return new ElementKernel(inputs, outputs, loops, workers, loop);
  }

  @Override
  public boolean inPlace(int output, int input) {
    return outputs.size() == 1 && outputs.get(output).dtype() == inputs.get(input).dtype();
  }

  @Override
  public Launch bind(Bindings bindings) {
    long n = outputs.get(0).shape().elements();
    int parts = Math.toIntExact((n + PART - 1) / PART);
    Scratch[] scratch = new Scratch[workers.count()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(this, bindings);
    }
    Workers.Part part =
        (p, worker) -> {
          long end = Math.min(n, (p + 1L) * PART);
          for (long at = (long) p * PART; at < end; at += TILE) {
            scratch[worker].tile(at, (int) Math.min(TILE, end - at));
          }
        };
    return () -> workers.run(parts, part);
  }

  /** What one worker computes in. */
  private static final class Scratch {
    private final Loops loops;
    private final ElementLoop loop;
    private final float[][] in;
    private final float[][] out;
    private final MemorySegment[] from;
    private final MemorySegment[] to;
    private final DType[] fromTypes;
    private final DType[] toTypes;
    private final boolean[] wanted;

    Scratch(ElementKernel kernel, Bindings bindings) {
      int ins = kernel.inputs.size();
      int outs = kernel.outputs.size();
      loops = kernel.loops;
      loop = kernel.loop;
      in = new float[ins][TILE];
      out = new float[outs][TILE];
      from = new MemorySegment[ins];
      to = new MemorySegment[outs];
      fromTypes = kernel.inputs.stream().map(TensorSpec::dtype).toArray(DType[]::new);
      toTypes = kernel.outputs.stream().map(TensorSpec::dtype).toArray(DType[]::new);
      wanted = new boolean[outs];
      for (int i = 0; i < ins; i++) {
        from[i] = bindings.input(i);
      }
      for (int i = 0; i < outs; i++) {
        wanted[i] = bindings.wanted(i);
        to[i] = wanted[i] ? bindings.output(i) : MemorySegment.NULL;
      }
    }

    void tile(long at, int n) {
      for (int i = 0; i < in.length; i++) {
        loops.load(from[i], fromTypes[i], at, in[i], n);
      }
      loop.run(in, out, loops.padded(n));
      for (int i = 0; i < out.length; i++) {
        if (wanted[i]) {
          loops.store(out[i], to[i], toTypes[i], at, n);
        }
      }
    }
  }
}
