package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every backend keeps whose kernels are Java: each gives the same bits interpreted as
 * compiled. So a run doesn't depend on when the JVM compiles what.
 *
 * <p>A subclass with a constructor without parameters says how to open the backend; it is made once
 * more in a JVM that interprets.
 */
public abstract class InterpreterContract {
  private static final int OPERATIONS = 100_000; // a case of a few elements: 5,000 launches
  private static final long LARGEST = 450; // interpreting is slow, most of all the Vector API
  private static final long MINUTES = 5;

  @TempDir
  @SuppressWarnings("NullAway.Init") // the engine sets it
  Path folder;

  /** Opens the backend under test; the contract closes it. */
  protected abstract Backend open();

  /** Types of the floats that are tried. */
  protected List<DType> types() {
    return List.of(DType.F32, DType.BF16);
  }

  /** Whether an op is tried; all are unless overridden. */
  protected boolean tries(Op op) {
    return true;
  }

  @Test
  final void interpretedGivesTheBitsOfCompiled() throws IOException, InterruptedException {
    List<String> interpreted = interpreted();
    List<String> compiled = bits(OPERATIONS);
    if (interpreted.size() != compiled.size() || compiled.isEmpty()) {
      throw new AssertionError(
          "as many cases interpreted as compiled expected, found %d and %d"
              .formatted(interpreted.size(), compiled.size()));
    }
    List<String> others = new ArrayList<>();
    for (int i = 0; i < compiled.size(); i++) {
      if (!compiled.get(i).equals(interpreted.get(i))) {
        others.add(interpreted.get(i) + "\n  compiled " + compiled.get(i));
      }
    }
    if (!others.isEmpty()) {
      throw new AssertionError(
          "the same bits interpreted and compiled expected (operands, results, case), found others"
              + " in %d of %d cases:\n%s"
                  .formatted(others.size(), compiled.size(), String.join("\n", others)));
    }
  }

  private List<String> bits(int operations) {
    try (Backend backend = open()) {
      return KernelBits.of(backend, types(), this::tries, LARGEST, operations);
    }
  }

  /** Runs {@link Interpreted} with the flags of this JVM that open modules. */
  private List<String> interpreted() throws IOException, InterruptedException {
    Path lines = folder.resolve("bits.txt");
    Path log = folder.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xint");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Interpreted.class.getName(), getClass().getName(), lines.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError("interpreting: an end expected, found\n" + Files.readString(log));
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(lines);
  }

  /** Writes the bits of a contract's backend to a file. */
  static final class Interpreted {
    private Interpreted() {}

    /**
     * In the JVM that interprets.
     *
     * @param args the contract's class, and the file
     */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
      Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
      constructor.setAccessible(true);
      InterpreterContract contract = (InterpreterContract) constructor.newInstance();
      Files.write(Path.of(args[1]), contract.bits(0));
    }
  }
}
