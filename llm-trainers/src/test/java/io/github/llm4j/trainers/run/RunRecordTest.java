package io.github.llm4j.trainers.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.trainers.report.Metrics;
import io.github.llm4j.trainers.report.RunRecord;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @TempDir Path folder;

  @Test
  void aRunSaysWhatItIsMadeOfAndHowItEnded() throws IOException {
    TinyRun tiny = new TinyRun(folder);
    tiny.write();
    List<RunRecord> atStart = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void step(io.github.llm4j.trainers.loop.StepReport report) {
            if (report.step() == 1) {
              atStart.add(RunRecord.read(tiny.runs().resolve("tiny")));
            }
          }
        };
    int[] asked = {0};
    Path run = tiny.train(Earlier.KEEP, listener, () -> ++asked[0] == 13).folder();
    assertNull(atStart.get(0).lastSession().end());
    RunRecord stopped = RunRecord.read(run);
    RunRecord.End stop = Objects.requireNonNull(stopped.lastSession().end());
    assertEquals("interrupted", stop.how());
    long step = stop.step();
    assertTrue(step > 0 && step < 12, "step " + step);

    tiny.train(Earlier.RESUME, new RunListener() {}, () -> false);
    RunRecord record = RunRecord.read(run);
    assertEquals(List.of(0L, step), record.sessions().stream().map(s -> s.fromStep()).toList());
    RunRecord.End end = Objects.requireNonNull(record.lastSession().end());
    assertEquals("complete", end.how());
    assertEquals(12, end.step());
    assertEquals(stopped.data(), record.data());
    assertEquals("tiny", record.name());
    assertEquals(12, record.plan().steps());
    assertEquals(48, record.plan().tokensPerStep());
    assertTrue(record.plan().flopsPerStep() > 1e5);
    assertTrue(
        record.plan().bytes().getOrDefault("gradients", 0L) >= 4 * record.plan().parameters());
    assertEquals(
        List.of("data.train.path 880"),
        record.data().texts().stream().map(t -> t.key() + " " + t.tokens()).toList());
    assertTrue(record.data().texts().get(0).checksum().matches("[0-9a-f]{64}"));
    assertEquals(2, record.lastSession().machine().threads());
    assertTrue(record.lastSession().machine().ceiling() > 0);
    RunRecord.Setting lr =
        record.config().stream()
            .filter(s -> s.path().equals("trainer.optimizer.lr"))
            .findFirst()
            .orElseThrow();
    assertEquals(new RunRecord.Setting("trainer.optimizer.lr", "0.01", "tiny.conf:8"), lr);
  }

  @Test
  void metricsSayWhenSomethingWasMeasured() throws IOException {
    TinyRun tiny = new TinyRun(folder);
    tiny.write();
    Path run = tiny.train(Earlier.KEEP, new RunListener() {}, () -> false).folder();
    Metrics metrics = Metrics.read(run.resolve(Metrics.FILE));
    assertEquals(12, metrics.steps().size());
    for (Metrics.Step step : metrics.steps()) {
      assertEquals(48 * step.at().step(), step.at().tokens());
      assertTrue(step.at().elapsed() >= 0 && step.share() >= 0);
    }
    assertEquals(List.of(5L, 10L, 12L), metrics.main().stream().map(e -> e.at().step()).toList());
    assertEquals("validation", metrics.best().orElseThrow().set());
  }

  @Test
  void anotherTextHasAnotherChecksum() throws IOException {
    TinyRun tiny = new TinyRun(folder);
    tiny.write();
    RunRecord first =
        RunRecord.read(tiny.train(Earlier.KEEP, new RunListener() {}, () -> false).folder());
    Files.writeString(folder.resolve("text.txt"), "the lazy dog sleeps and sleeps\n".repeat(20));
    RunRecord other =
        RunRecord.read(tiny.train(Earlier.OVERWRITE, new RunListener() {}, () -> false).folder());
    assertNotEquals(first.data().identity(), other.data().identity());
    assertNotEquals(first.data().texts().get(0).checksum(), other.data().texts().get(0).checksum());
    assertEquals(1, other.sessions().size());
  }

  @Test
  void aRecordThatCantBeReadIsNamed() throws IOException {
    assertRefused("the folder of a run expected, found no run.json in it");
    Files.writeString(folder.resolve(RunRecord.FILE), "{\"format\":9}");
    assertRefused("format 1 expected, found 9");
    Files.writeString(folder.resolve(RunRecord.FILE), "{\"format\":1,\"name\":\"a\"}");
    assertRefused("the record of a run expected, found Missing creator property 'config'");
    Files.writeString(folder.resolve(RunRecord.FILE), "{\"format\":1,");
    assertRefused("the record of a run expected, found Unexpected end-of-input");
  }

  private void assertRefused(String text) {
    LlmException e = assertThrows(LlmException.class, () -> RunRecord.read(folder));
    assertTrue(e.getMessage().contains(text), e.getMessage());
    assertEquals(2, e.kind().exitCode());
  }
}
