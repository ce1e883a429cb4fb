package io.github.llm4j.trainers.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.runtime.model.StateTensor;
import io.github.llm4j.testkit.Reference;
import io.github.llm4j.trainers.loop.LoopState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;
  private final Backend backend = Reference.open();
  private final StateTensor masters =
      new StateTensor(TensorSpec.of(DType.F32, 3), backend.allocate(12));
  private Checkpoints checkpoints = new Checkpoints(Path.of(""));

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static TrainerState state(long step, double loss) {
    OptionalDouble found = OptionalDouble.of(loss);
    LoopState loop = new LoopState(step, 7 * step, found, step, found, found, step, 0, 1.5);
    return new TrainerState("1", 9, loop, "data", "F32", 2, "backend", List.of("a [3]"));
  }

  private Path save(long step, double loss) {
    backend.upload(MemorySegment.ofArray(new float[] {step, 2, 3}), masters.memory());
    return checkpoints.save(
        state(step, loss), Map.of("masters", masters), backend, path -> text(path, "model"));
  }

  private static void text(Path path, String name) {
    try {
      Files.writeString(path.resolve(name), "weights");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsSavedIsReadBack() {
    save(5, 0.25);
    save(10, 0.125);
    Checkpoint newest = checkpoints.newest((path, why) -> {}).orElseThrow();
    assertEquals(state(10, 0.125), newest.state());
    backend.upload(MemorySegment.ofArray(new float[3]), masters.memory());
    newest.restore(Map.of("masters", masters), backend);
    float[] read = new float[3];
    backend.download(masters.memory(), MemorySegment.ofArray(read));
    assertEquals(10, read[0]);
    assertEquals(2, read[1]);
    Checkpoint first = checkpoints.require(5);
    assertEquals(state(5, 0.25), first.state());
    LlmException none = assertThrows(LlmException.class, () -> checkpoints.require(6));
    assertTrue(none.getMessage().contains("step-00000006: a checkpoint"), none.getMessage());
  }

  @Test
  void anotherOptimizersMemoryIsRefused() {
    save(5, 0.25);
    Checkpoint newest = checkpoints.newest((path, why) -> {}).orElseThrow();
    StateTensor longer = new StateTensor(TensorSpec.of(DType.F32, 4), backend.allocate(16));
    for (Map<String, StateTensor> other :
        List.of(Map.of("masters", longer), Map.of("masters", masters, "m", masters))) {
      LlmException e = assertThrows(LlmException.class, () -> newest.restore(other, backend));
      assertEquals(ErrorKind.USER, e.kind());
      assertTrue(e.getMessage().contains("that the run began with"), e.getMessage());
    }
  }

  @Test
  void theBestAndTheNewestStay() throws IOException {
    save(1, 3);
    save(2, 1);
    save(3, 2);
    save(4, 2.5);
    save(5, 2.25);
    Files.createDirectories(checkpoints.folder().resolve(".step-00000006.part"));
    checkpoints.prune(2);
    checkpoints.clean();
    assertEquals(checkpoints.of(2), checkpoints.best().orElseThrow());
    try (var left = Files.list(checkpoints.folder())) {
      assertEquals(
          List.of(checkpoints.of(2), checkpoints.of(4), checkpoints.of(5)), left.sorted().toList());
    }
  }

  @Test
  void anotherFormatIsNoDamage() throws IOException {
    Path saved = save(5, 0.25);
    Path state = saved.resolve(Checkpoint.STATE);
    Files.writeString(state, Files.readString(state).replace("\"format\" : 1", "\"format\" : 99"));
    Files.delete(saved.resolve(Manifest.NAME));
    Manifest.write(saved);
    List<String> damaged = new ArrayList<>();
    LlmException e =
        assertThrows(LlmException.class, () -> checkpoints.newest((path, why) -> damaged.add(why)));
    assertEquals(ErrorKind.USER, e.kind());
    assertTrue(e.getMessage().contains("format 1 expected, found 99; it was written by version 1"));
    assertEquals(List.of(), damaged);
    LlmException required = assertThrows(LlmException.class, () -> checkpoints.require(5));
    assertEquals(e.getMessage(), required.getMessage());
  }

  @Test
  void nothingHalfWrittenHasAFinalName() {
    assertThrows(
        LlmException.class,
        () ->
            checkpoints.save(
                state(5, 1),
                Map.of("masters", masters),
                backend,
                path -> {
                  text(path, "half");
                  throw new LlmException(ErrorKind.RESOURCES, "full");
                }));
    assertFalse(checkpoints.any());
    String[] left = checkpoints.folder().toFile().list();
    assertEquals(0, left == null ? -1 : left.length);
  }

  @Test
  void everyBitCounts() throws IOException {
    Path saved = save(5, 0.25);
    try (var files = Files.walk(saved)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 0x10;
        Files.write(file, flipped);
        if (!file.endsWith(Manifest.NAME)) {
          assertTrue(Manifest.damage(saved).isPresent(), file.toString());
          if (saved.relativize(file).startsWith("trainer")) {
            Checkpoints.checkModel(saved); // who only takes the model doesn't read it
          } else {
            LlmException e = assertThrows(LlmException.class, () -> Checkpoints.checkModel(saved));
            assertEquals(ErrorKind.USER, e.kind());
            assertTrue(e.getMessage().contains(file.getFileName() + " has another checksum"));
          }
        }
        Files.write(file, bytes);
      }
    }
    assertTrue(Manifest.damage(saved).isEmpty());
    Checkpoints.checkModel(saved);
    Files.writeString(saved.resolve("model"), "changed");
    assertThrows(LlmException.class, () -> Checkpoints.checkModel(saved));
    Files.delete(saved.resolve(Manifest.NAME)); // as whoever changed it is told
    Checkpoints.checkModel(saved);
    SafeFiles.delete(saved.resolve(Checkpoint.TRAINER));
    Files.writeString(saved.resolve(Manifest.NAME), "{\"of\": \"another tool\"}");
    Checkpoints.checkModel(saved);
  }
}
