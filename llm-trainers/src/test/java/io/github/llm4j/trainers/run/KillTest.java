package io.github.llm4j.trainers.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills runs at random moments, which no process can prepare for, and lets them go on. */
class KillTest {
  @TempDir Path folder;

  @Test
  void aKilledRunGoesOnBitForBit() throws Exception {
    kill(4, 60);
  }

  @Test
  @Tag("long")
  void fiftyKilledRunsGoOnBitForBit() throws Exception {
    kill(50, 400);
  }

  private void kill(int kills, int steps) throws Exception {
    TinyRun whole = new TinyRun(Files.createDirectories(folder.resolve("whole")));
    whole.write();
    long start = System.nanoTime();
    assertEquals(0, process(whole, steps).waitFor());
    long millis = (System.nanoTime() - start) / 1_000_000;
    TinyRun killed = new TinyRun(Files.createDirectories(folder.resolve("killed")));
    killed.write();
    Random random = new Random(Seeds.fresh().nextLong());
    int done = 0;
    while (done < kills) {
      Process process = process(killed, steps);
      // from the start of the JVM to beyond the end of what is left
      boolean ended = process.waitFor(random.nextLong(50, millis), TimeUnit.MILLISECONDS);
      if (ended) {
        assertEquals(0, process.exitValue(), Files.readString(killed.folder().resolve("log")));
        compare(whole, killed, steps);
        io.github.llm4j.runtime.file.SafeFiles.delete(killed.runs());
      } else {
        process.destroyForcibly().waitFor();
        done++;
      }
    }
    assertEquals(0, process(killed, steps).waitFor());
    compare(whole, killed, steps);
  }

  private static void compare(TinyRun whole, TinyRun killed, int steps) throws IOException {
    Path one = whole.runs().resolve("tiny");
    Path other = killed.runs().resolve("tiny");
    assertEquals(TinyRun.losses(one), TinyRun.losses(other));
    String newest = "checkpoints/step-%08d".formatted(steps);
    for (String file : List.of("trainer/state.safetensors", "model.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(newest).resolve(file)),
          Files.readAllBytes(other.resolve(newest).resolve(file)),
          file);
    }
    try (var left = Files.list(other.resolve("checkpoints"))) {
      assertTrue(left.noneMatch(p -> p.getFileName().toString().startsWith(".")), "half written");
    }
  }

  private static Process process(TinyRun run, int steps) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            TinyRun.class.getName(),
            run.folder().toString(),
            Integer.toString(steps))
        .redirectErrorStream(true)
        .redirectOutput(run.folder().resolve("log").toFile())
        .start();
  }
}
