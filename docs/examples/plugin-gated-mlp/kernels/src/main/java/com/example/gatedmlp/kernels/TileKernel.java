package com.example.gatedmlp.kernels;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A kernel whose elements depend on the operands' elements at the same place alone: tiles are
 * copied into arrays, over which the compiler makes vectors. A part is a tile, so the bits don't
 * depend on the number of workers.
 *
 * @param inputs number of operands
 * @param outputs number of results
 * @param elements of each of them
 * @param tile computes one tile
 */
record TileKernel(int inputs, int outputs, long elements, Workers workers, Tile tile)
    implements Kernel {
  private static final int SIZE = 4096;

  /** Computes a tile of {@code n} elements. */
  interface Tile {
    void run(float[][] in, float[][] out, int n);
  }

  /** What one worker computes in; a launch allocates nothing. */
  private record Scratch(float[][] in, float[][] out) {}

  @Override
  public Launch bind(Bindings bindings) {
    MemorySegment[] from = new MemorySegment[inputs];
    for (int i = 0; i < inputs; i++) {
      from[i] = bindings.input(i);
    }
    MemorySegment[] to = new MemorySegment[outputs];
    for (int i = 0; i < outputs; i++) {
      to[i] = bindings.wanted(i) ? bindings.output(i) : MemorySegment.NULL;
    }
    Scratch[] scratch = new Scratch[workers.count()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(new float[inputs][SIZE], new float[outputs][SIZE]);
    }
    int parts = Math.toIntExact((elements + SIZE - 1) / SIZE);
    Workers.Part part = (p, worker) -> compute(from, to, scratch[worker], (long) p * SIZE);
    return () -> workers.run(parts, part);
  }

  private void compute(MemorySegment[] from, MemorySegment[] to, Scratch scratch, long at) {
    int n = (int) Math.min(SIZE, elements - at);
    for (int i = 0; i < inputs; i++) {
      MemorySegment.copy(from[i], ValueLayout.JAVA_FLOAT, at * 4, scratch.in[i], 0, n);
    }
    tile.run(scratch.in, scratch.out, n);
    for (int i = 0; i < outputs; i++) {
      if (to[i] != MemorySegment.NULL) { // nobody reads it
        MemorySegment.copy(scratch.out[i], 0, to[i], ValueLayout.JAVA_FLOAT, at * 4, n);
      }
    }
  }
}
