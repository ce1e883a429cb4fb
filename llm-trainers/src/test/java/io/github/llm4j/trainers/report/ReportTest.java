package io.github.llm4j.trainers.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script> <!-- & \u2028 🦊 {{style}} $1";

  @TempDir Path folder;

  static RunRecord record(String name, String lr, String checksum, int threads) {
    return new RunRecord(
        RunRecord.FORMAT,
        name,
        List.of(
            new RunRecord.Setting("name", name, "a.conf:1"),
            new RunRecord.Setting("trainer.optimizer.lr", lr, "a.conf:7"),
            new RunRecord.Setting("trainer.steps", "20", "-D trainer.steps=20")),
        new RunRecord.Data(
            checksum.substring(0, 32),
            65,
            1000,
            100,
            List.of(new RunRecord.Text("data.train.path", "text.txt", 1100, checksum))),
        new RunRecord.Plan(20, 32, 805_248, Map.of("gradients", 1L << 22), 3.8e9),
        List.of(
            new RunRecord.Session(
                "2025-11-25T12:50:38Z",
                0,
                new RunRecord.Code("0.1.0", "25", List.of()),
                new RunRecord.Machine(
                    "Linux", "a CPU", 2, 1L << 34, "cpu", "kernels", threads, 1e11),
                new RunRecord.End("2025-11-25T12:52:00Z", "complete", 20, 42))));
  }

  static Metrics.Step step(long step, double loss) {
    return new Metrics.Step(new Metrics.Place(step, 32 * step, step), loss, 1e-3, 1, 100, 0.5);
  }

  private static Metrics metrics() {
    Metrics.Place at = new Metrics.Place(10, 320, 1);
    return new Metrics(
        List.of(step(1, 4), step(10, Double.NaN)),
        List.of(
            new Metrics.Evaluation(at, "validation", 3.5, 99, true),
            new Metrics.Evaluation(at, "other", 3.25, 99, false)),
        List.of(new Metrics.Sample(at, "ROMEO:", HOSTILE)),
        false);
  }

  private static String html() {
    String hash = "0123456789abcdef".repeat(4);
    return new Report(record("a & b", "0.01", hash, 2), metrics(), RunState.FINISHED).html();
  }

  @Test
  void noTextOfTheRunIsMarkup() throws IOException {
    String html = html();
    assertEquals(2, count(html, "</script>"), "only the page's own two scripts end");
    assertEquals(2, count(html, "<script"), "and begin");
    assertTrue(html.contains("<title>a &amp; b · llm4j</title>"));
    JsonNode data = data(html);
    assertEquals(HOSTILE, data.at("/samples/0/text").asText());
    assertEquals("finished", data.path("state").asText());
    assertEquals("0.01", data.at("/record/config/1/value").asText());
    assertTrue(data.at("/steps/loss/1").isNull());
    assertEquals(
        List.of("validation", "other"),
        List.of(data.at("/sets/0/name").asText(), data.at("/sets/1/name").asText()));
  }

  private static JsonNode data(String html) throws IOException {
    String begin = "<script type=\"application/json\" id=\"run\">";
    int from = html.indexOf(begin) + begin.length();
    return new JsonMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  @Test
  void nothingIsFetched() {
    String html = html().replace("http://www.w3.org/2000/svg", ""); // a name, not an address
    for (String word : List.of("http:", "https:", "src=", "@import", "url(", "{{title")) {
      assertFalse(html.contains(word), word);
    }
    assertTrue(html.contains("default-src 'none'"));
  }

  @Test
  void thinningKeepsEverySpike() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Metrics.Step> steps = new ArrayList<>();
    for (int i = 1; i <= 50_001; i++) {
      steps.add(step(i, 2 + random.nextDouble()));
    }
    int high = random.nextInt(steps.size());
    int low = (high + 20_000) % steps.size();
    steps.set(high, step(high + 1, 9));
    steps.set(low, step(low + 1, 0.5));
    List<Metrics.Step> kept = Thinning.of(steps);
    assertTrue(kept.size() < 10 * Thinning.STRETCHES, "seed " + seed);
    assertTrue(kept.contains(steps.get(high)) && kept.contains(steps.get(low)), "seed " + seed);
    assertEquals(steps.get(0), kept.get(0));
    assertEquals(steps.get(50_000), kept.get(kept.size() - 1));
    for (int i = 1; i < kept.size(); i++) {
      assertTrue(kept.get(i - 1).at().step() < kept.get(i).at().step(), "seed " + seed);
    }
    List<Metrics.Step> few = steps.subList(0, 4 * Thinning.STRETCHES);
    assertEquals(few, Thinning.of(few));
  }

  @Test
  void twoRunsDifferInWhatWasSetAndMeasured() {
    RunRecord a = record("a", "0.01", "0123456789abcdef".repeat(4), 2);
    RunRecord b = record("b", "0.02", "fedcba9876543210".repeat(4), 4);
    Metrics none = new Metrics(List.of(), List.of(), List.of(), false);
    Map<String, List<String>> said = new java.util.LinkedHashMap<>();
    for (RunDifference.Section section : RunDifference.between(a, metrics(), b, none).sections()) {
      said.put(
          section.name(),
          section.items().stream()
              .map(i -> i.what() + ": " + i.a().value() + " | " + i.b().value())
              .toList());
    }
    assertEquals(List.of("trainer.optimizer.lr: 0.01 | 0.02"), said.get("config"));
    assertEquals(
        List.of(
            "data.train.path checksum: 0123456789ab | fedcba987654",
            "identity: 0123456789abcdef0123456789abcdef | fedcba9876543210fedcba9876543210"),
        said.get("data"));
    assertEquals(List.of(), said.get("code"));
    assertEquals(List.of(), said.get("plugins"));
    assertEquals(List.of("threads: 2 | 4"), said.get("machine"));
    assertEquals(
        "best validation loss: 3.5000 at step 10 | nothing",
        said.getOrDefault("metrics", List.of()).get(2));
  }

  @Test
  void statesFollowTheLockAndTheLastEnd() throws IOException {
    RunRecord record = record("a", "0.01", "0123456789abcdef".repeat(4), 2);
    assertEquals(RunState.RUNNING, RunState.of(record, true));
    assertEquals(RunState.FINISHED, RunState.of(record, false));
    RunRecord again =
        record.with(
            new RunRecord.Session(
                "2025-11-26T12:50:38Z",
                20,
                record.lastSession().code(),
                record.lastSession().machine(),
                null));
    assertEquals(RunState.INTERRUPTED, RunState.of(again, false));
    again.write(folder);
    assertEquals(again, RunRecord.read(folder));
    assertTrue(Files.readString(folder.resolve(RunRecord.FILE)).endsWith("}\n"));
  }
}
