package io.github.llm4j.trainers.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final String LINES =
      """
      {"step":1,"tokens":32,"elapsed":0.5,"loss":3.25,"lr":1.0E-4,"gradient-norm":2.5,"tokens-per-second":64.0}
      {"step":2,"tokens":64,"elapsed":0.75,"loss":null,"lr":2.0E-4,"gradient-norm":1.5,"tokens-per-second":128.0,"share-of-ceiling":0.25}
      {"step":2,"tokens":64,"elapsed":0.75,"set":"validation","validation-loss":3.0,"validation-targets":10,"best":true}
      {"step":2,"tokens":64,"elapsed":0.75,"set":"other","validation-loss":2.0,"validation-targets":7,"best":false}
      {"step":2,"tokens":64,"elapsed":0.75,"prompt":"a\\n","sample":"</script>é"}
      """;

  @TempDir Path folder;

  private Metrics read(String text) throws IOException {
    return Metrics.read(Files.writeString(folder.resolve(Metrics.FILE), text));
  }

  @Test
  void everyKindOfLineIsRead() throws IOException {
    Metrics metrics = read(LINES);
    assertFalse(metrics.cut());
    assertEquals(List.of(1L, 2L), metrics.steps().stream().map(s -> s.at().step()).toList());
    assertEquals(new Metrics.Place(2, 64, 0.75), metrics.last().orElseThrow().at());
    assertEquals(3.25, metrics.steps().get(0).loss());
    assertTrue(Double.isNaN(metrics.steps().get(0).share()));
    assertTrue(Double.isNaN(metrics.steps().get(1).loss()));
    assertEquals(0.25, metrics.steps().get(1).share());
    assertEquals(3.0, metrics.best().orElseThrow().loss()); // of the set that counts
    assertEquals(2, metrics.evaluations().size());
    assertEquals("</script>é", metrics.samples().get(0).text());
    assertEquals("a\n", metrics.samples().get(0).prompt());
    assertEquals(128.0, metrics.tokensPerSecond());
  }

  @Test
  void aLastLineThatWasCutOffAnywhereIsLeftOut() throws IOException {
    byte[] whole = LINES.getBytes(StandardCharsets.UTF_8);
    int lastLine = LINES.lastIndexOf('\n', LINES.length() - 2) + 1;
    for (int length = 1; length <= whole.length; length++) {
      Path file = folder.resolve(Metrics.FILE);
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      Metrics metrics = Metrics.read(file);
      boolean sampled = length >= whole.length - 1;
      assertEquals(sampled ? 1 : 0, metrics.samples().size(), "cut at " + length);
      if (length > lastLine && !sampled) {
        assertTrue(metrics.cut(), "cut at " + length);
        assertEquals(2, metrics.evaluations().size(), "cut at " + length);
      }
    }
  }

  @Test
  void anotherDamagedLineIsNamed() {
    String damaged = LINES.replace("\"lr\":2.0E-4", "\"lr\"");
    LlmException e = assertThrows(LlmException.class, () -> read(damaged));
    assertTrue(e.getMessage().contains("metrics.jsonl:2: a JSON object with a step expected"));
    assertEquals(2, e.kind().exitCode());
  }

  @Test
  void aRunThatHasMeasuredNothingIsEmpty() throws IOException {
    Metrics metrics = Metrics.read(folder.resolve("none.jsonl"));
    assertTrue(metrics.last().isEmpty() && metrics.best().isEmpty() && metrics.main().isEmpty());
    assertTrue(Double.isNaN(metrics.tokensPerSecond()));
    assertTrue(read("").steps().isEmpty());
  }
}
