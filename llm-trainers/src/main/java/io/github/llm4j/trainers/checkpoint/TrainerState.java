package io.github.llm4j.trainers.checkpoint;

import io.github.llm4j.trainers.loop.LoopState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a trainer needs beside its memory to go on as if it had never stopped. Batches and dropout
 * are functions of the seed and of the step, so these two are the data position and the random
 * state.
 *
 * @param version of the program that wrote it
 * @param seed the run's seed
 * @param loop where the loop stands
 * @param data what tells the ids that it learns from from all others
 * @param precision types that are computed in
 * @param threads threads that compute
 * @param backend device, kernels and libraries: with others the bits may differ
 * @param parameters paths and shapes of the learned parameters, in path order
 */
public record TrainerState(
    String version,
    long seed,
    LoopState loop,
    String data,
    String precision,
    int threads,
    String backend,
    List<String> parameters) {

  /** Number of the format that this version writes and reads. */
  public static final int FORMAT = 1;

  /** Copies the list. */
  public TrainerState {
    parameters = List.copyOf(parameters);
  }

  /** The same at another place of the loop. */
  public TrainerState with(LoopState place) {
    return new TrainerState(version, seed, place, data, precision, threads, backend, parameters);
  }

  /** What may give other bits than here, as {@code 4 threads, were 2}; empty if nothing does. */
  public Optional<String> otherBits(TrainerState now) {
    List<String> other = new ArrayList<>();
    if (threads != now.threads) {
      other.add("%d threads, were %d".formatted(now.threads, threads));
    }
    if (!backend.equals(now.backend)) {
      other.add("backend '%s', was '%s'".formatted(now.backend, backend));
    }
    if (!version.equals(now.version)) {
      other.add("version %s, was %s".formatted(now.version, version));
    }
    return other.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", other));
  }
}
