package io.github.llm4j.trainers.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.trainers.loop.TrainingListener;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import io.github.llm4j.trainers.run.Verification.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  @TempDir Path folder;
  private Path run = Path.of("");

  @BeforeEach
  void train() throws IOException {
    TinyRun tiny = new TinyRun(folder);
    tiny.write();
    run = tiny.train(Earlier.KEEP, new RunListener() {}, () -> false).folder();
  }

  private Result verify(OptionalLong from, OptionalLong steps) {
    return new Verification(
            new RunFolder(run), Pretraining.registry(VerificationTest.class.getClassLoader()))
        .run(from, steps, new TrainingListener() {}, () -> false);
  }

  @Test
  void aRunThatWasNotTouchedIsTheSame() {
    OptionalLong none = OptionalLong.empty();
    Result last = verify(none, none);
    assertEquals(new Result(10, 12, 7, true, Optional.empty(), Optional.empty()), last);
    Result beginning = verify(OptionalLong.of(0), OptionalLong.of(7));
    assertEquals(new Result(0, 7, 22, false, Optional.empty(), Optional.empty()), beginning);
    Result upToCheckpoint = verify(OptionalLong.of(0), none);
    assertEquals(10, upToCheckpoint.to());
    assertTrue(upToCheckpoint.memory());
    assertEquals(Optional.empty(), upToCheckpoint.difference());
  }

  @Test
  void aChangedLossIsFound() throws IOException {
    Path metrics = run.resolve("metrics.jsonl");
    String text = Files.readString(metrics);
    Files.writeString(metrics, text.replaceFirst("(\"step\":11,\"loss\":[0-9.]+)", "$11"));
    String found = verify(OptionalLong.empty(), OptionalLong.empty()).difference().orElseThrow();
    assertTrue(found.startsWith("step 11: loss was "), found);
  }

  @Test
  void aDamagedCheckpointIsNamedInsteadOfLeftOut() throws IOException {
    Path state = run.resolve("checkpoints/step-00000012/trainer/state.safetensors");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length - 3] ^= 16;
    Files.write(state, bytes);
    for (OptionalLong from : List.of(OptionalLong.empty(), OptionalLong.of(10))) {
      LlmException e = assertThrows(LlmException.class, () -> verify(from, OptionalLong.empty()));
      assertTrue(e.getMessage().contains("step-00000012: a checkpoint as it was"), e.getMessage());
      assertTrue(e.getMessage().contains("trainer/state.safetensors has another checksum"));
    }
    assertTrue(verify(OptionalLong.of(0), OptionalLong.of(10)).memory()); // the one before is whole
  }

  @Test
  void whatIsNotThereIsNamed() {
    LlmException e =
        assertThrows(LlmException.class, () -> verify(OptionalLong.of(4), OptionalLong.empty()));
    assertTrue(e.getMessage().contains("a whole checkpoint of step 4"), e.getMessage());
    assertTrue(e.getMessage().contains("[10, 12]"), e.getMessage());
    LlmException last =
        assertThrows(LlmException.class, () -> verify(OptionalLong.of(12), OptionalLong.empty()));
    assertTrue(last.getMessage().contains("behind step 12"), last.getMessage());
    run = folder;
    assertThrows(LlmException.class, () -> verify(OptionalLong.empty(), OptionalLong.empty()));
  }
}
