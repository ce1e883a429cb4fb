package io.github.llm4j.api.backend;

import java.lang.foreign.MemorySegment;

/** The addresses of one launch. */
public interface Bindings {

  /** Memory of an operand, exactly as long as its spec says. */
  MemorySegment input(int index);

  /** Memory of a wanted output, exactly as long as its spec says. */
  MemorySegment output(int index);

  /** Whether anybody reads an output; a saved output is not wanted in inference. */
  boolean wanted(int index);

  /** Whether an output is to be added to; true only where {@link Kernel#accumulates} says so. */
  boolean accumulate(int index);

  /** Scratch memory of {@link Kernel#workspaceBytes} bytes, aligned to 64, contents undefined. */
  MemorySegment workspace();
}
