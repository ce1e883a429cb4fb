package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.op.Update;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One launch of a kernel in memory with guards around every result, garbage in results and
 * workspace before it starts, and operands that must stay as they were.
 */
final class Trial implements Bindings {
  private static final int GUARD = 64;
  private static final byte GARBAGE = (byte) 0xA5;

  private final Backend backend;
  private final Kernel kernel;
  private final OpCase tried;
  private final IntPredicate wanted;
  private final List<MemorySegment> inputs = new ArrayList<>();
  private final List<MemorySegment> guarded = new ArrayList<>();
  private final List<Output> declared;
  private final MemorySegment workspace;
  private int accumulated = -1;

  Trial(Backend backend, Kernel kernel, OpCase tried, IntPredicate wanted) {
    this.backend = backend;
    this.kernel = kernel;
    this.tried = tried;
    this.wanted = wanted;
    this.declared = tried.outputs();
    for (Operand input : tried.inputs()) {
      MemorySegment memory = backend.allocate(input.spec().bytes());
      backend.upload(input.memory(), memory);
      inputs.add(memory);
    }
    for (Output output : declared) {
      guarded.add(garbage(output.spec().bytes() + 2 * GUARD));
    }
    workspace = garbage(kernel.workspaceBytes());
  }

  private MemorySegment garbage(long bytes) {
    MemorySegment host = Arena.ofAuto().allocate(bytes);
    host.fill(GARBAGE);
    MemorySegment memory = backend.allocate(bytes);
    backend.upload(host, memory);
    return memory;
  }

  /** Fills a result; the launch adds to it. */
  Trial addingTo(int output, Operand before) {
    backend.upload(before.memory(), output(output));
    accumulated = output;
    return this;
  }

  /** Lays a result over an operand. */
  Trial inPlace(int output, int input) {
    inputs.set(input, output(output));
    backend.upload(tried.inputs().get(input).memory(), output(output));
    return this;
  }

  /** Launches {@code times} times and gives the results; garbage where not wanted. */
  List<Operand> run(int times) {
    Launch launch = kernel.bind(this);
    for (int i = 0; i < times; i++) {
      launch.run();
    }
    List<Operand> results = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      results.add(new Operand(declared.get(i).spec(), host(output(i))));
      checkGuards(i);
    }
    return results;
  }

  /** Checks that no operand was written. */
  void checkInputs() {
    for (int i = 0; i < inputs.size(); i++) {
      boolean mayChange = tried.op() instanceof Update u && u.overwrites().contains(i);
      if (!mayChange && host(inputs.get(i)).mismatch(tried.inputs().get(i).memory()) >= 0) {
        throw new AssertionError(tried + ": operand " + i + " must stay, found it changed");
      }
    }
  }

  private void checkGuards(int index) {
    MemorySegment all = host(guarded.get(index));
    long end = all.byteSize() - GUARD;
    for (int i = 0; i < GUARD; i++) {
      if (all.get(ValueLayout.JAVA_BYTE, i) != GARBAGE
          || all.get(ValueLayout.JAVA_BYTE, end + i) != GARBAGE) {
        throw new AssertionError(tried + ": writes outside output " + index);
      }
    }
  }

  private MemorySegment host(MemorySegment memory) {
    MemorySegment host = Arena.ofAuto().allocate(memory.byteSize(), Long.BYTES);
    backend.download(memory, host);
    return host;
  }

  @Override
  public MemorySegment input(int index) {
    return inputs.get(index);
  }

  @Override
  public MemorySegment output(int index) {
    if (tried.op() instanceof Update update) {
      return inputs.get(update.overwrites().get(index));
    }
    return guarded.get(index).asSlice(GUARD, declared.get(index).spec().bytes());
  }

  @Override
  public boolean wanted(int index) {
    return wanted.test(index);
  }

  @Override
  public boolean accumulate(int index) {
    return index == accumulated;
  }

  @Override
  public MemorySegment workspace() {
    return workspace;
  }
}
