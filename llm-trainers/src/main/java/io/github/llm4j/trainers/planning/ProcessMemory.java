package io.github.llm4j.trainers.planning;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory of this process and of the machine or container that it runs in. */
public final class ProcessMemory {
  /**
   * What a training process holds whatever it trains: the JVM with its classes, compiled code and
   * heap as the launcher sets it, and the native library. Measured; see docs/results.md.
   */
  public static final long CONSTANT = 218L << 20;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MACHINE = Path.of("/proc/meminfo");

  private ProcessMemory() {}

  /** Bytes that this process may have: of the machine, or of the container if that has a limit. */
  public static long limit() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /**
   * Bytes that this process can take now without others losing theirs: what the system calls
   * available on Linux, else what is free.
   */
  public static long available() {
    return Math.min(limit(), kilobytes(MACHINE, "MemAvailable").orElseGet(ProcessMemory::free));
  }

  private static long free() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getFreeMemorySize()
        : Long.MAX_VALUE;
  }

  /** Greatest number of bytes that this process has held so far; known on Linux alone. */
  public static OptionalLong peak() {
    return kilobytes(STATUS, "VmHWM");
  }

  /** A line such as {@code MemAvailable: 13535 kB}, in bytes. */
  private static OptionalLong kilobytes(Path file, String name) {
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
