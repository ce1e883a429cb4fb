package io.github.llm4j.trainers.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a run stands. */
public enum RunState {
  /** A process works on it. */
  RUNNING,
  /** All steps are done. */
  FINISHED,
  /** The validation loss stopped falling. */
  EARLY,
  /** It was stopped or killed before its last step, and can be gone on with. */
  INTERRUPTED,
  /** An error ended it. */
  FAILED;

  /**
   * The state of a run.
   *
   * @param held whether a process holds its folder
   */
  public static RunState of(RunRecord record, boolean held) {
    RunRecord.End end = record.lastSession().end();
    if (held) {
      return RUNNING;
    }
    return end == null ? INTERRUPTED : of(end.how());
  }

  /** The state that a session's end leaves. */
  public static RunState of(String how) {
    return switch (how) {
      case "complete" -> FINISHED;
      case "early" -> EARLY;
      case "failed" -> FAILED;
      default -> INTERRUPTED;
    };
  }

  /** As programs say it: {@code early}. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As people say it: {@code running}, {@code ended early}. */
  public String word() {
    return this == EARLY ? "ended early" : name().toLowerCase(Locale.ROOT);
  }
}
