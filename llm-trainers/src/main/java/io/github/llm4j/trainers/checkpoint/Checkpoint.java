package io.github.llm4j.trainers.checkpoint;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.model.StateFile;
import io.github.llm4j.runtime.model.StateTensor;
import io.github.llm4j.trainers.loop.TrainingParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A whole model in a folder, with what its training goes on with in {@code trainer/}.
 *
 * @param folder where it lies
 * @param state the trainer's numbers
 */
public record Checkpoint(Path folder, TrainerState state) {
  static final String TRAINER = "trainer/";
  static final String STATE = TRAINER + "state.json";
  static final String MEMORY = TRAINER + "state.safetensors";

  /** Steps behind it. */
  public long step() {
    return state.loop().step();
  }

  /**
   * Fills a trainer's memory with what it was.
   *
   * @param now the trainer's numbers before its first step
   * @return what may give other bits than before; empty if nothing does
   * @throws LlmException if the checkpoint is of another text, model or optimizer
   */
  public Optional<String> restore(TrainerState now, TrainingParts parts) {
    check("the training text", state.data(), now.data());
    check(
        "the parameters",
        String.join(", ", state.parameters()),
        String.join(", ", now.parameters()));
    restore(parts.step().memory(), parts.model().backend());
    parts.step().restored();
    return state.otherBits(now);
  }

  private void check(String what, String was, String found) {
    if (!was.equals(found)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: %s that the run began with (%s) expected, found another (%s). Restore what was changed, or train anew under another name."
              .formatted(folder, what, was, found));
    }
  }

  /** Fills memory alone. */
  void restore(Map<String, StateTensor> memory, Backend backend) {
    try {
      StateFile.read(folder.resolve(MEMORY), memory, backend);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s Go on with the model and optimizer that the run began with."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** The first tensor of a trainer's memory that isn't, bit for bit, what it was. */
  public Optional<String> difference(TrainingParts parts) {
    try {
      return StateFile.difference(
          folder.resolve(MEMORY), parts.step().memory(), parts.model().backend());
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a whole checkpoint expected, found %s. Take another.".formatted(folder, e),
          e);
    }
  }
}
