package io.github.llm4j.trainers.checkpoint;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.runtime.model.StateFile;
import io.github.llm4j.runtime.model.StateTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: folders {@code step-00000250}, each immutable once it has its name.
 * Which is the newest and which the best is read from them, so that no other file can disagree.
 *
 * @param folder the folder that they lie in
 */
public record Checkpoints(Path folder) {
  private static final String PREFIX = "step-";
  private static final String DAMAGED = "damaged-";

  /** Where the checkpoint behind a step lies. */
  public Path of(long step) {
    return folder.resolve(PREFIX + String.format(Locale.ROOT, "%08d", step));
  }

  /** Whether there is any. */
  public boolean any() {
    return !steps().isEmpty();
  }

  /**
   * Writes a checkpoint: under a temporary name, a manifest with checksums last, all forced to the
   * disk, then renamed.
   *
   * @param state the trainer's numbers
   * @param memory the trainer's memory
   * @param model writes the model's own files into a folder
   * @return where it lies
   * @throws LlmException if the disk refuses; those that are there stay
   */
  public Path save(
      TrainerState state, Map<String, StateTensor> memory, Backend backend, Consumer<Path> model) {
    Path target = of(state.loop().step());
    if (Files.exists(target)) {
      return target; // a function of the step: a second one would have the same contents
    }
    Path temporary = folder.resolve("." + target.getFileName() + ".part");
    try {
      try {
        SafeFiles.delete(temporary);
        Files.createDirectories(temporary.resolve(Checkpoint.STATE).getParent());
        model.accept(temporary);
        StateFile.write(temporary.resolve(Checkpoint.MEMORY), memory, backend);
        StateJson.write(temporary.resolve(Checkpoint.STATE), state);
        Manifest.write(temporary);
        SafeFiles.rename(temporary, target);
      } finally {
        SafeFiles.delete(temporary);
      }
      return target;
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "%s: room for a checkpoint expected, found %s. Free the disk or choose another folder."
              .formatted(target, e),
          e);
    }
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param damaged told of each newer one that isn't, and of what is wrong with it
   * @throws LlmException if the newest was written in another format, which isn't damage
   */
  public Optional<Checkpoint> newest(BiConsumer<Path, String> damaged) {
    for (long step : steps().reversed()) {
      Path path = of(step);
      Optional<String> damage = Manifest.damage(path);
      if (damage.isEmpty()) {
        return Optional.of(new Checkpoint(path, state(path)));
      }
      damaged.accept(path, damage.get());
    }
    return Optional.empty();
  }

  /**
   * A checkpoint by step.
   *
   * @throws LlmException if it isn't there, damaged, or of another format: says which
   */
  public Checkpoint require(long step) {
    Path path = of(step);
    Optional<String> damage = Manifest.damage(path);
    if (damage.isPresent()) {
      throw damaged(path, damage.get());
    }
    return new Checkpoint(path, state(path));
  }

  /**
   * Refuses a checkpoint whose model isn't what was written. A folder without a trainer's state is
   * none, whatever a manifest in it says; the state itself isn't looked at.
   *
   * @throws LlmException if a file is missing, cut off or changed: names it
   */
  public static void checkModel(Path checkpoint) {
    if (Files.isDirectory(checkpoint.resolve(Checkpoint.TRAINER))
        && Files.exists(checkpoint.resolve(Manifest.NAME))) {
      Manifest.damage(checkpoint, name -> !name.startsWith(Checkpoint.TRAINER))
          .ifPresent(
              damage -> {
                throw damaged(checkpoint, damage);
              });
    }
  }

  private static LlmException damaged(Path checkpoint, String damage) {
    return new LlmException(
        ErrorKind.USER,
        "%s: a checkpoint as it was written expected, found a damaged one: %s. Take another one, or if you changed it yourself, remove its %s."
            .formatted(checkpoint, damage, Manifest.NAME));
  }

  /** The checkpoint with the least validation loss, or the newest if none was measured. */
  public Optional<Path> best() {
    Optional<Path> best = bestMeasured();
    return best.isPresent() ? best : steps().reversed().stream().findFirst().map(this::of);
  }

  private Optional<Path> bestMeasured() {
    return all().stream()
        .filter(c -> c.state().loop().evaluated() == c.step())
        .min(
            Comparator.comparingDouble(
                c -> c.state().loop().validationLoss().orElse(Double.POSITIVE_INFINITY)))
        .map(Checkpoint::folder);
  }

  /** Removes all but the newest and the best, and what an interrupted write left. */
  public void prune(int keep) {
    try {
      List<Path> old = new ArrayList<>(steps().stream().map(this::of).toList());
      bestMeasured().ifPresent(old::remove);
      List<Path> newest = steps().reversed().stream().limit(keep).map(this::of).toList();
      old.removeAll(newest);
      for (Path path : old) {
        Path doomed = folder.resolve("." + path.getFileName() + ".part");
        SafeFiles.delete(doomed);
        SafeFiles.rename(path, doomed); // a half of one must not have its name
        SafeFiles.delete(doomed);
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Puts a damaged checkpoint out of the way, and keeps it. */
  public void setAside(Path damaged) {
    try {
      Path aside = folder.resolve(DAMAGED + damaged.getFileName());
      SafeFiles.delete(aside);
      SafeFiles.rename(damaged, aside);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Removes what a killed process left half written; only who holds the run may. */
  public void clean() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path path : inside.filter(p -> p.getFileName().toString().endsWith(".part")).toList()) {
        SafeFiles.delete(path);
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** All whose numbers can be read, oldest first; contents aren't checked. */
  public List<Checkpoint> all() {
    List<Checkpoint> all = new ArrayList<>();
    for (long step : steps()) {
      readable(of(step)).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<Checkpoint> readable(Path path) {
    try {
      return Optional.of(new Checkpoint(path, StateJson.read(path.resolve(Checkpoint.STATE))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // resuming names it
    }
  }

  /** Steps of all checkpoints, damaged ones included, in order. */
  public List<Long> steps() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .map(p -> p.getFileName().toString())
          .filter(name -> name.matches(PREFIX + "[0-9]{8,18}"))
          .map(name -> Long.parseLong(name.substring(PREFIX.length())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static TrainerState state(Path path) {
    try {
      return StateJson.read(path.resolve(Checkpoint.STATE));
    } catch (StateJson.OtherFormatException e) {
      throw new LlmException(
          ErrorKind.USER,
          e.getMessage() + " Go on with that version, or train anew (--overwrite).",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a trainer's state expected, found %s. Remove the checkpoint, or train anew."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private LlmException refused(IOException e) {
    return new LlmException(
        ErrorKind.RESOURCES,
        "%s: a folder to read and write expected, found %s. Check its rights and the disk."
            .formatted(folder, e),
        e);
  }
}
