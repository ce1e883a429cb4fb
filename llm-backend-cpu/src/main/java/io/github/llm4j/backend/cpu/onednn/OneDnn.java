package io.github.llm4j.backend.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/**
 * The few functions of oneDNN's C interface that products need (oneDNN 3.x, {@code dnnl.h}).
 *
 * <p>Threads: oneDNN runs each call on the thread that makes it: {@link #execute} sets the caller's
 * OpenMP team to one at its first call. A primitive must not run on two threads at once.
 */
@SuppressWarnings("restricted") // native calls are what this class is for
final class OneDnn {
  static final int BF16 = 2;
  static final int F32 = 3;

  /** Numbers of a primitive's arguments. */
  static final int SOURCE = 1;

  static final int DESTINATION = 17;
  static final int WEIGHTS = 33;
  static final int BIAS = 41;
  static final int SCRATCHPAD = 80;

  private static final int USER_MODE = 1;
  private static final int SCRATCHPAD_DESCRIPTION = 136;

  private static final Arena FOREVER = Arena.global();

  private final SymbolLookup library;
  private final MethodHandle setThreads;
  private final MethodHandle execute;
  private final ThreadLocal<Boolean> alone;
  private final MemorySegment engine;
  private final String version;

  /**
   * Loads the library.
   *
   * @throws IOException if a file can't be unpacked
   * @throws UnsatisfiedLinkError if the system refuses it
   */
  OneDnn() throws IOException {
    SymbolLookup found = null;
    SymbolLookup openMp = null;
    for (String name : NativeFiles.names()) {
      Path file = NativeFiles.file(name);
      System.load(file.toString()); // the second finds the first among what is loaded
      openMp = found == null ? SymbolLookup.libraryLookup(file, FOREVER) : openMp;
      found = SymbolLookup.libraryLookup(file, FOREVER);
    }
    if (found == null || openMp == null) {
      throw new IOException("no library for " + NativeFiles.platform());
    }
    library = found;
    setThreads = handle(openMp, "omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    execute =
        handle(
            library,
            "dnnl_primitive_execute",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
    alone =
        ThreadLocal.withInitial(
            () -> {
              callVoid(setThreads, 1);
              return true;
            });
    engine = create("dnnl_engine_create", List.of(JAVA_INT, JAVA_LONG), 1, 0L);
    version = readVersion();
  }

  private static MethodHandle handle(
      SymbolLookup lookup, String name, FunctionDescriptor descriptor) {
    MemorySegment symbol =
        lookup
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError(name + " is not in the library"));
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }

  private String readVersion() {
    try {
      MethodHandle get = handle(library, "dnnl_version", FunctionDescriptor.of(ADDRESS));
      MemorySegment struct = ((MemorySegment) get.invoke()).reinterpret(12);
      return struct.get(JAVA_INT, 0)
          + "."
          + struct.get(JAVA_INT, 4)
          + "."
          + struct.get(JAVA_INT, 8);
    } catch (Throwable e) {
      throw failed("dnnl_version", e);
    }
  }

  /** As {@code 3.13.0}. */
  String version() {
    return version;
  }

  /** A stream: one for each thread that executes at the same time. */
  MemorySegment stream() {
    return create("dnnl_stream_create", List.of(ADDRESS, JAVA_INT), engine, 1);
  }

  /** Describes memory by sizes and steps between elements. */
  MemorySegment describe(int type, long[] sizes, long[] strides) {
    try (Arena arena = Arena.ofConfined()) {
      // dnnl_dims_t is an array of 12
      MemorySegment dims = arena.allocate(JAVA_LONG, 12);
      MemorySegment steps = arena.allocate(JAVA_LONG, 12);
      for (int i = 0; i < sizes.length; i++) {
        dims.setAtIndex(JAVA_LONG, i, sizes[i]);
        steps.setAtIndex(JAVA_LONG, i, strides[i]);
      }
      return create(
          "dnnl_memory_desc_create_with_strides",
          List.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS),
          sizes.length,
          dims,
          type,
          steps);
    }
  }

  /** Memory of a description at an address. */
  MemorySegment memory(MemorySegment description, MemorySegment address) {
    return create(
        "dnnl_memory_create", List.of(ADDRESS, ADDRESS, ADDRESS), description, engine, address);
  }

  /**
   * Describes a product {@code destination = source weights + bias}, or added to the destination.
   * Its scratch memory is the caller's: the library keeps none.
   *
   * @param bias description of the bias, or NULL
   */
  MemorySegment product(
      MemorySegment source,
      MemorySegment weights,
      MemorySegment bias,
      MemorySegment destination,
      boolean accumulate) {
    MemorySegment attributes = create("dnnl_primitive_attr_create", List.of());
    call(
        "dnnl_primitive_attr_set_scratchpad_mode",
        List.of(ADDRESS, JAVA_INT),
        attributes,
        USER_MODE);
    if (accumulate) {
      MemorySegment operations = create("dnnl_post_ops_create", List.of());
      call(
          "dnnl_post_ops_append_sum",
          List.of(ADDRESS, JAVA_FLOAT, JAVA_INT, JAVA_INT),
          operations,
          1f,
          0,
          0);
      call("dnnl_primitive_attr_set_post_ops", List.of(ADDRESS, ADDRESS), attributes, operations);
    }
    return create(
        "dnnl_matmul_primitive_desc_create",
        List.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
        engine,
        source,
        weights,
        bias,
        destination,
        attributes);
  }

  /** What a description describes, ready to run. */
  MemorySegment primitive(MemorySegment description) {
    return create("dnnl_primitive_create", List.of(ADDRESS), description);
  }

  /** Describes the scratch memory of a product; belongs to the product's description. */
  MemorySegment scratchpad(MemorySegment product) {
    return (MemorySegment)
        value(
            "dnnl_primitive_desc_query_md",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT),
            product,
            SCRATCHPAD_DESCRIPTION,
            0);
  }

  /** Bytes that a description takes. */
  long bytes(MemorySegment description) {
    return (long)
        value("dnnl_memory_desc_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS), description);
  }

  /** Frees the description of a product that isn't run. */
  void forget(MemorySegment product) {
    call("dnnl_primitive_desc_destroy", List.of(ADDRESS), product);
  }

  private Object value(String name, FunctionDescriptor descriptor, Object... arguments) {
    try {
      return handle(library, name, descriptor).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw failed(name, e);
    }
  }

  /**
   * Arguments of {@link #execute}: pairs of a number and a memory.
   *
   * @param numbers as {@link #SOURCE}
   * @param memories as many
   */
  static MemorySegment arguments(int[] numbers, MemorySegment[] memories, Arena arena) {
    MemorySegment arguments = arena.allocate(16L * numbers.length, 8);
    for (int i = 0; i < numbers.length; i++) {
      arguments.set(JAVA_INT, 16L * i, numbers[i]);
      arguments.set(ADDRESS, 16L * i + 8, memories[i]);
    }
    return arguments;
  }

  /** Runs a primitive on this thread, to its end. */
  void execute(MemorySegment primitive, MemorySegment stream, int count, MemorySegment arguments) {
    if (!alone.get()) {
      throw new IllegalStateException("the OpenMP team is always one");
    }
    try {
      int status = (int) execute.invokeExact(primitive, stream, count, arguments);
      if (status != 0) {
        throw failed("dnnl_primitive_execute", status);
      }
    } catch (LlmException e) {
      throw e;
    } catch (Throwable e) {
      throw failed("dnnl_primitive_execute", e);
    }
  }

  /** Calls a function that writes a handle to its first argument, and gives the handle. */
  private MemorySegment create(String name, List<? extends MemoryLayout> types, Object... rest) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(ADDRESS);
      List<MemoryLayout> all = new java.util.ArrayList<>(List.of(ADDRESS));
      all.addAll(types);
      List<Object> arguments = new java.util.ArrayList<>(List.of(handle));
      arguments.addAll(List.of(rest));
      call(name, all, arguments.toArray());
      return handle.get(ADDRESS, 0);
    }
  }

  private void call(String name, List<? extends MemoryLayout> types, Object... arguments) {
    int status;
    try {
      MethodHandle handle =
          handle(
              library, name, FunctionDescriptor.of(JAVA_INT, types.toArray(MemoryLayout[]::new)));
      status = (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw failed(name, e);
    }
    if (status != 0) {
      throw failed(name, status);
    }
  }

  private static void callVoid(MethodHandle handle, int argument) {
    try {
      handle.invokeExact(argument);
    } catch (Throwable e) {
      throw failed("omp_set_num_threads", e);
    }
  }

  private static LlmException failed(String name, int status) {
    return new LlmException(
        ErrorKind.INTERNAL,
        "oneDNN "
            + name
            + ": status 0 expected, found "
            + status
            + ". Set backend.kernels = vector"
            + " to go on without it.");
  }

  private static LlmException failed(String name, Throwable cause) {
    return new LlmException(
        ErrorKind.INTERNAL, "oneDNN " + name + ": a call expected, found " + cause + ".", cause);
  }
}
