package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What else a config could say: recomputed blocks, shorter types, smaller or larger micro-batches,
 * shorter rows. Each is recorded as the config's own plan is; none is estimated.
 */
public final class Alternatives {
  private static final String RECOMPUTE = "model.recompute=true";
  private static final String SHORT = "trainer.precision=bf16";
  private static final int SHORTEST_CONTEXT = 16;

  private final RunPlanner planner;
  private final RunPlan plan;
  private final long limit;

  private Alternatives(RunPlanner planner, RunPlan plan, long limit) {
    this.planner = planner;
    this.plan = plan;
    this.limit = limit;
  }

  /**
   * What costs less, or goes faster in the memory that is there.
   *
   * @param plan the config's own plan
   * @param limit bytes that a process may have
   */
  public static List<Alternative> of(RunPlanner planner, RunPlan plan, long limit) {
    return new Alternatives(planner, plan, limit).find();
  }

  private List<Alternative> find() {
    boolean fits = plan.neededBytes() <= limit;
    List<Alternative> found = new ArrayList<>();
    largestMicro(List.of())
        .filter(a -> fits ? a.plan().microRows() > plan.microRows() : true)
        .ifPresent(found::add);
    other(List.of(RECOMPUTE)).ifPresent(found::add);
    other(List.of(SHORT)).ifPresent(found::add);
    if (!fits) {
      longestContext(List.of()).ifPresent(found::add);
      if (found.stream().noneMatch(Alternative::fits)) {
        together().ifPresent(found::add);
      }
    }
    return found;
  }

  /** The config with this set, if it may be set and makes a difference. */
  private Optional<Alternative> other(List<String> overrides) {
    return planned(overrides).filter(a -> a.plan().bytes() != plan.bytes());
  }

  private Optional<Alternative> planned(List<String> overrides) {
    try {
      RunPlan changed = planner.plan(overrides);
      return Optional.of(new Alternative(overrides, changed, changed.neededBytes() <= limit));
    } catch (LlmException e) {
      if (e.kind() == ErrorKind.USER) {
        return Optional.empty(); // another assembly may lack the key
      }
      throw e;
    }
  }

  /** One thing behind the other, until it fits. */
  private Optional<Alternative> together() {
    List<String> overrides = new ArrayList<>();
    for (String next : List.of(RECOMPUTE, SHORT)) {
      if (planned(List.of(next)).isPresent()) {
        overrides.add(next);
        Optional<Alternative> fitting = largestMicro(overrides);
        if (fitting.isPresent()) {
          return fitting;
        }
      }
    }
    overrides.add(micro(1));
    return longestContext(overrides);
  }

  private static String micro(int rows) {
    return "trainer.batch.micro=" + rows;
  }

  /** The largest micro-batch that fits. */
  private Optional<Alternative> largestMicro(List<String> overrides) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = 1; size <= plan.rows(); size++) {
      if (plan.rows() % size == 0) {
        sizes.add(size);
      }
    }
    return largest(sizes, size -> planned(with(overrides, micro(size))));
  }

  /** The longest context that fits, by halves. */
  private Optional<Alternative> longestContext(List<String> overrides) {
    List<Integer> lengths = new ArrayList<>();
    for (int length = plan.contextLength() / 2; length >= SHORTEST_CONTEXT; length /= 2) {
      lengths.addFirst(length);
    }
    return largest(lengths, t -> planned(with(overrides, "model.context-length=" + t)));
  }

  private static List<String> with(List<String> overrides, String more) {
    List<String> all = new ArrayList<>(overrides);
    all.add(more);
    return all;
  }

  /** The last of some growing plans that fits. */
  private static Optional<Alternative> largest(
      List<Integer> sizes, IntFunction<Optional<Alternative>> plan) {
    Optional<Alternative> best = Optional.empty();
    int low = 0;
    int high = sizes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Optional<Alternative> tried = plan.apply(sizes.get(middle)).filter(Alternative::fits);
      if (tried.isPresent()) {
        best = tried;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }
}
