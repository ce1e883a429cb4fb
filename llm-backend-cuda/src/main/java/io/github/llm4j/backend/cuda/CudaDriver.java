package io.github.llm4j.backend.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.Optional;

/** The NVIDIA driver, as far as a probe needs it: CUDA Driver API, cuda.h. */
@SuppressWarnings("restricted") // the probe loads the driver: the launcher allows native access
final class CudaDriver {
  private static final int SUCCESS = 0;

  private final SymbolLookup symbols;

  private CudaDriver(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /** File name of the driver's library on this system. */
  static String library() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")
        ? "nvcuda.dll"
        : "libcuda.so.1";
  }

  /**
   * Opens the driver's library.
   *
   * @param arena how long it stays open
   * @return empty if there is none, or one that the system can't load
   */
  static Optional<CudaDriver> open(String library, Arena arena) {
    try {
      return Optional.of(new CudaDriver(SymbolLookup.libraryLookup(library, arena)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what the lookup throws for a library that isn't there
    }
  }

  /** Number of devices, or the driver's error code as a negative number. */
  int devices() {
    int started =
        call("cuInit", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), 0);
    if (started != SUCCESS) {
      return -started;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      int counted =
          call(
              "cuDeviceGetCount",
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
              count);
      return counted == SUCCESS ? count.get(ValueLayout.JAVA_INT, 0) : -counted;
    }
  }

  private int call(String name, FunctionDescriptor type, Object argument) {
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(symbols.findOrThrow(name), type)
              .invokeWithArguments(argument);
    } catch (
        Throwable e) { // invokeWithArguments declares it; a driver without the symbol is no driver
      throw new IllegalStateException(name + " can't be called", e);
    }
  }
}
