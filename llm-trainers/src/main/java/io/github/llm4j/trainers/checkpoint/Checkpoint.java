package io.github.llm4j.trainers.checkpoint;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.trainers.loop.StateTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A whole model in a folder, with what its training goes on with in {@code trainer/}.
 *
 * @param folder where it lies
 * @param state the trainer's numbers
 */
public record Checkpoint(Path folder, TrainerState state) {
  static final String STATE = "trainer/state.json";
  static final String MEMORY = "trainer/state.safetensors";

  /** Steps behind it. */
  public long step() {
    return state.loop().step();
  }

  /**
   * Fills a trainer's memory with what it was.
   *
   * @throws LlmException if the checkpoint is of another model or optimizer
   */
  public void restore(Map<String, StateTensor> memory, Backend backend) {
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
}
