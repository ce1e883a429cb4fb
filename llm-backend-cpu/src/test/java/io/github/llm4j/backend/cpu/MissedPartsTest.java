package io.github.llm4j.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.backend.cpu.onednn.OneDnnProducts;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the backend says of itself in a JVM without the vector module or the native library. */
class MissedPartsTest {
  private static final String FLAG = "--add-modules=jdk.incubator.vector";
  private static final String MODULE_REMEDY =
      "Missed: the module jdk.incubator.vector is not loaded. Start Java with --add-modules"
          + " jdk.incubator.vector";
  private static final String JAR_REMEDY = "Put org.bytedeco:dnnl with the classifier";

  @TempDir
  @SuppressWarnings("NullAway.Init") // the engine sets it
  Path folder;

  private static String classPath(boolean library) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> library || !Path.of(entry).getFileName().toString().startsWith("dnnl"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What a probe, the backend, and the backend with vector kernels say, a line each. */
  private List<String> says(boolean module, boolean library)
      throws IOException, InterruptedException {
    Path lines = folder.resolve("lines.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    if (module) {
      command.add(FLAG);
    }
    command.addAll(List.of("-cp", classPath(library), Child.class.getName(), lines.toString()));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertEquals(0, process.waitFor(), () -> "see " + log);
    return Files.readAllLines(lines);
  }

  @Test
  void withoutTheVectorModuleItNamesTheFlag() throws IOException, InterruptedException {
    List<String> lines = says(false, true);
    assertTrue(lines.get(0).contains(MODULE_REMEDY), lines.get(0));
    assertTrue(lines.get(1).contains("loops over arrays"), lines.get(1));
    assertTrue(lines.get(1).contains(MODULE_REMEDY), lines.get(1));
    assertTrue(lines.get(1).contains("three times as long"), lines.get(1));
    assertTrue(
        lines.get(2).startsWith("PLUGIN: backend.kernels = vector: the Vector API expected"),
        lines.get(2));
    assertTrue(lines.get(2).contains("--add-modules jdk.incubator.vector"), lines.get(2));
  }

  @Test
  void withoutTheNativeLibraryItNamesTheJar() throws IOException, InterruptedException {
    List<String> lines = says(true, false);
    for (String line : lines.subList(0, 2)) {
      assertTrue(line.contains("Missed: no jar on the class path holds oneDNN for "), line);
      assertTrue(line.contains(JAR_REMEDY), line);
      assertFalse(line.contains("jdk.incubator.vector"), line);
    }
    assertTrue(lines.get(1).contains("products by the Vector API"), lines.get(1));
  }

  @Test
  void withBothItMissesNothing() throws IOException, InterruptedException {
    assumeTrue(OneDnnProducts.probe().usable(), OneDnnProducts.probe().detail());
    for (String line : says(true, true)) {
      assertFalse(line.contains("Missed"), line);
    }
  }

  /** Writes what the backend says to a file. */
  static final class Child {
    private Child() {}

    /**
     * In a JVM of its own.
     *
     * @param args the file
     */
    public static void main(String[] args) throws IOException {
      CpuBackendProvider provider = new CpuBackendProvider();
      List<String> lines = new ArrayList<>();
      lines.add(provider.probe().detail() + ". " + provider.probe().remedy());
      for (Kernels kernels : new Kernels[] {Kernels.AUTO, Kernels.VECTOR}) {
        BackendContext context = new BackendContext(new WorkerPool(1), List.of());
        try (Backend backend = provider.create(CpuSettings.of(kernels), context)) {
          lines.add(backend.description());
        } catch (LlmException e) {
          lines.add(e.kind() + ": " + e.getMessage());
        }
      }
      Files.write(Path.of(args[0]), lines);
    }
  }
}
