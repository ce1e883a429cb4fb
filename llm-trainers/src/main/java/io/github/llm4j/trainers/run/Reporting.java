package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.Bound;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.data.TextFacts;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.report.Report;
import io.github.llm4j.trainers.report.RunRecord;
import io.github.llm4j.trainers.report.RunState;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps a run's record and report. What can't be written is said, and the run goes on. */
final class Reporting {
  private final RunFolder folder;
  private final RunListener listener;
  private final RunRecord record;

  /**
   * Writes what a run begins, or goes on, with.
   *
   * @param fromStep steps that were done before
   */
  Reporting(
      RunFolder folder,
      Bound<RunSettings> bound,
      Registry registry,
      RunFacts facts,
      long fromStep,
      RunListener listener) {
    this.folder = folder;
    this.listener = listener;
    RunRecord.Session session =
        new RunRecord.Session(
            now(), fromStep, ThisMachine.code(registry), ThisMachine.machine(facts), null);
    Optional<RunRecord> before = fromStep > 0 ? before() : Optional.empty();
    List<RunRecord.Session> sessions = new ArrayList<>();
    before.ifPresent(b -> sessions.addAll(b.sessions()));
    sessions.add(session);
    this.record =
        new RunRecord(
            RunRecord.FORMAT,
            bound.settings().name(),
            config(bound.values(), before),
            data(facts),
            new RunRecord.Plan(
                facts.steps(),
                facts.tokensPerStep(),
                facts.parameters(),
                facts.bytes(),
                facts.flopsPerStep()),
            sessions);
    write(record);
  }

  /** What the run was before. */
  private Optional<RunRecord> before() {
    try {
      return Optional.of(RunRecord.read(folder.path()));
    } catch (LlmException e) { // a record is no reason not to go on
      listener.warning("what the run did before is not known: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Values that are as they were keep their first origin: a run can be resumed by its folder. */
  private static List<RunRecord.Setting> config(
      Map<String, Bound.Value> values, Optional<RunRecord> before) {
    Map<String, RunRecord.Setting> known = new HashMap<>();
    before.ifPresent(b -> b.config().forEach(s -> known.put(s.path() + "=" + s.value(), s)));
    return values.entrySet().stream()
        .map(e -> new RunRecord.Setting(e.getKey(), e.getValue().text(), e.getValue().origin()))
        .map(s -> known.getOrDefault(s.path() + "=" + s.value(), s))
        .toList();
  }

  private static RunRecord.Data data(RunFacts facts) {
    return new RunRecord.Data(
        facts.dataIdentity(),
        facts.vocabSize(),
        facts.trainTokens(),
        facts.validationTokens(),
        facts.texts().stream().map(Reporting::text).toList());
  }

  private static RunRecord.Text text(TextFacts text) {
    return new RunRecord.Text(text.key(), text.path().toString(), text.tokens(), text.checksum());
  }

  /** When the run's first session was begun; now if its record doesn't say so. */
  Instant begun() {
    try {
      return Instant.parse(record.sessions().get(0).started());
    } catch (DateTimeParseException e) { // a record is no reason not to go on
      return Instant.now();
    }
  }

  /** Writes the report of a run that goes on. */
  void write() {
    write(RunState.RUNNING);
  }

  /** Writes how the session ended, and the last report. */
  void ended(String how, LoopState state) {
    write(record.ended(new RunRecord.End(now(), how, state.step(), state.seconds())));
    write(RunState.of(how));
  }

  private void write(RunState state) {
    try {
      Report.write(folder.path(), state);
    } catch (IOException | LlmException e) {
      listener.warning(
          "%s can't be written: %s. The run goes on; 'llm report' writes it later."
              .formatted(folder.report(), e.getMessage()));
    }
  }

  private void write(RunRecord now) {
    try {
      now.write(folder.path());
    } catch (IOException e) {
      listener.warning(
          "%s can't be written: %s. The run goes on; what it is made of is not kept."
              .formatted(folder.path().resolve(RunRecord.FILE), e));
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
