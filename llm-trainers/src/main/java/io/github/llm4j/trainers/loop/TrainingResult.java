package io.github.llm4j.trainers.loop;

/**
 * How training ended.
 *
 * @param end why
 * @param state where the loop stands
 */
public record TrainingResult(End end, LoopState state) {

  /** Why training ended. */
  public enum End {
    /** All steps are done. */
    COMPLETE,
    /** The validation loss has stopped falling. */
    EARLY,
    /** It was told to stop. */
    INTERRUPTED
  }

  /** Whether it was told to stop. */
  public boolean interrupted() {
    return end == End.INTERRUPTED;
  }
}
