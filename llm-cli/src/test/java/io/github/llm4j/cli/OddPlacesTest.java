package io.github.llm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in processes of their own: odd folders, odd locales, signals. */
class OddPlacesTest {
  @TempDir Path temporary;

  private record Result(int code, String out) {}

  private Process start(List<String> flags, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8"); // as the launcher does
    return builder.redirectOutput(temporary.resolve("out").toFile()).start();
  }

  private Result llm(List<String> flags, String... words) throws Exception {
    int code = start(flags, words).waitFor();
    return new Result(code, Files.readString(temporary.resolve("out"), StandardCharsets.UTF_8));
  }

  private Path config(Path folder, String more) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Path conf = Path.of("src/test/resources/conf");
    Files.copy(conf.resolve("data/tiny.txt"), folder.resolve("data/tiny.txt"));
    return Files.writeString(
        folder.resolve("tiny.conf"), Files.readString(conf.resolve("tiny.conf")) + more);
  }

  @Test
  void aFolderWithAnyNameUnderATurkishLocale() throws Exception {
    Path odd = temporary.resolve("a b/äöü ß/😀 #1 %20 100%/I ı");
    Path conf = config(odd, "");
    String runs = odd.resolve("rüns #2").toString();
    List<String> turkish = List.of("-Duser.language=tr", "-Duser.country=TR");
    Result trained = llm(turkish, "train", conf.toString(), "--runs", runs);
    assertEquals(0, trained.code(), trained.out());
    String run = Path.of(runs).resolve("tiny").toString();
    List<String> arabic = List.of("-Duser.language=ar", "-Duser.country=EG");
    Result longer = llm(arabic, "train", run, "--resume", "-D", "trainer.steps=5");
    assertEquals(0, longer.code(), longer.out());
    assertTrue(longer.out().contains("resumed behind step 3"), longer.out());
    assertTrue(Files.exists(Path.of(run).resolve("checkpoints/step-00000005")));
    Result written = llm(turkish, "generate", run, "The", "--tokens", "5", "--temperature", "0");
    assertEquals(0, written.code(), written.out());
    assertTrue(written.out().startsWith("The"), written.out());
    Result verified = llm(arabic, "verify", run);
    assertEquals(0, verified.code(), verified.out());
    assertTrue(verified.out().contains("are the same, bit for bit"), verified.out());
  }

  @Test
  void aTokenizerThatCantBeKeptIsSaidInALine() throws Exception {
    Path conf = config(temporary, "");
    Path file = Files.createFile(temporary.resolve("file")); // no folder can be made in it
    Result planned =
        llm(List.of(), "plan", conf.toString(), "--no-probe", "--runs", file.toString());
    assertEquals(0, planned.code(), planned.out());
    assertTrue(
        planned.out().contains("room for the learned tokenizer expected, found "), planned.out());
    assertFalse(planned.out().contains("\tat "), planned.out());
  }

  @Test
  void aSignalSavesAndEnds() throws Exception {
    Path conf = config(temporary, "trainer.steps = 100000000\ntrainer.log.every = 1\n");
    for (String signal : List.of("INT", "TERM")) {
      Process process =
          start(
              List.of(),
              "train",
              conf.toString(),
              "--resume",
              "--runs",
              temporary.resolve("runs").toString());
      for (int i = 0; i < 600 && !text().contains(": loss "); i++) {
        assertTrue(process.isAlive(), text());
        Thread.sleep(100);
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it doesn't end");
      assertEquals(signal.equals("INT") ? 130 : 143, process.exitValue(), text());
      assertTrue(text().contains("Interrupted after"), text());
      assertTrue(text().contains("--resume"), text());
    }
    assertTrue(text().contains("resumed behind step"), text());
  }

  private String text() throws IOException {
    return Files.readString(temporary.resolve("out"), StandardCharsets.UTF_8);
  }
}
