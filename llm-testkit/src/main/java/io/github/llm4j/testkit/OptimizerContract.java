package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * What every optimizer keeps: a step that isn't finite changes nothing; frozen parameters and the
 * gaps between parameters stay; the bf16 copy is the masters rounded; gradients are multiplied by
 * the scale; nothing depends on the number of threads; its states are all that it keeps; and it
 * finds the bottom of a bowl.
 */
public abstract class OptimizerContract {
  private static final int STEPS = 400;

  /**
   * The optimizer, with a learning rate that takes weights of size 1 to others of that size in 400
   * steps while it falls to 0; without decay.
   */
  protected abstract Optimizer optimizer();

  /** Opens a backend; the contract closes it. */
  protected abstract Backend open(Workers workers);

  private void with(int threads, BiConsumer<Backend, Seeds> body) {
    Seeds seeds = Seeds.fresh();
    try (WorkerPool pool = new WorkerPool(threads);
        Backend backend = open(pool)) {
      body.accept(backend, seeds);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + " (" + seeds + ")", e);
    }
  }

  private OptimizerTrial begin(Backend backend, Seeds seeds, boolean copy, int steps) {
    OptimizerTrial trial = new OptimizerTrial(backend, optimizer(), copy);
    trial.masters(OptimizerTrial.spread(seeds, 1));
    for (int i = 0; i < steps; i++) {
      trial.step(OptimizerTrial.spread(seeds, 1), 0.7, true, 1);
    }
    return trial;
  }

  @Test
  final void itsNumbersAndStatesAreDeclared() {
    Optimizer optimizer = optimizer();
    check(optimizer.hyper().get(0).equals("lr"), "lr first", optimizer.hyper());
    double[] hyper = optimizer.hyper(1, optimizer.lr());
    check(hyper.length == optimizer.hyper().size(), "a number for each name", hyper.length);
    List<Optimizer.State> states = optimizer.states(OptimizerTrial.arena());
    check(states.equals(optimizer.states(OptimizerTrial.arena())), "the same states", states);
    check(
        states.stream().map(Optimizer.State::name).distinct().count() == states.size(),
        "names that differ",
        states);
    with(
        1,
        (backend, seeds) -> {
          OptimizerTrial trial = begin(backend, seeds, false, 0);
          trial.states().forEach((n, v) -> check(isZero(v), "zeros at first in " + n, "others"));
          trial.step(OptimizerTrial.spread(seeds, 1), 1, true, 1);
          trial.states().forEach((n, v) -> check(!isZero(v), n + " in use", "zeros"));
        });
  }

  @Test
  final void aStepThatIsNotFiniteChangesNothing() {
    with(
        2,
        (backend, seeds) -> {
          OptimizerTrial trial = begin(backend, seeds, true, 2);
          float[] before = trial.masters();
          Map<String, float[]> states = trial.states();
          short[] copy = trial.copy().orElseThrow();
          float[] gradient = OptimizerTrial.spread(seeds, 1);
          Arrays.fill(gradient, 7, 100, Float.NaN);
          gradient[3] = Float.POSITIVE_INFINITY;
          trial.step(gradient, 0, false, 1);
          same("masters", before, trial.masters());
          trial
              .states()
              .forEach((name, v) -> same(name, states.getOrDefault(name, new float[0]), v));
          check(Arrays.equals(copy, trial.copy().orElseThrow()), "the copy as before", "another");
        });
  }

  @Test
  final void whatIsFrozenAndTheGapsStay() {
    with(
        2,
        (backend, seeds) -> {
          OptimizerTrial trial = begin(backend, seeds, true, 0);
          float[] before = trial.masters();
          trial.step(OptimizerTrial.spread(seeds, 1), 1, true, 1);
          float[] after = trial.masters();
          int end = 0;
          for (Slice slice : OptimizerTrial.arena().slices()) {
            int from = (int) slice.offset();
            for (int i = end; i < from; i++) {
              check(after[i] == 0, "zeros before " + slice.path(), after[i]);
            }
            end = from + (int) slice.shape().elements();
            float[] was = Arrays.copyOfRange(before, from, end);
            float[] is = Arrays.copyOfRange(after, from, end);
            boolean frozen = slice.path().equals(OptimizerTrial.FROZEN);
            check(
                frozen == Arrays.equals(was, is),
                slice.path() + (frozen ? " as it was" : " changed"),
                frozen ? "changes" : "none");
          }
        });
  }

  @Test
  final void theCopyIsTheMastersRounded() {
    with(
        2,
        (backend, seeds) -> {
          OptimizerTrial trial = begin(backend, seeds, true, 3);
          check(
              Arrays.equals(OptimizerTrial.rounded(trial.masters()), trial.copy().orElseThrow()),
              "the masters in bf16",
              "others");
        });
  }

  @Test
  final void gradientsAreMultipliedByTheScale() {
    with(
        1,
        (backend, seeds) -> {
          OptimizerTrial scaled = begin(backend, Seeds.of(3), false, 1);
          OptimizerTrial halved = begin(backend, Seeds.of(3), false, 1);
          float[] gradient = OptimizerTrial.spread(seeds, 1);
          float[] half = gradient.clone();
          for (int i = 0; i < half.length; i++) {
            half[i] /= 2;
          }
          scaled.step(gradient, 0.5, true, 1);
          halved.step(half, 1, true, 1);
          same("masters", halved.masters(), scaled.masters());
        });
  }

  @Test
  final void threadsChangeNoBit() {
    float[][] results = new float[3][];
    for (boolean copy : new boolean[] {false, true}) {
      for (int threads = 1; threads <= results.length; threads++) {
        int at = threads - 1;
        with(threads, (backend, s) -> results[at] = begin(backend, s, copy, 4).masters());
        same(threads + " threads", results[0], results[at]);
      }
    }
  }

  @Test
  final void itsStatesAreAllThatItKeeps() {
    with(
        1,
        (backend, seeds) -> {
          OptimizerTrial first = begin(backend, seeds, true, 3);
          OptimizerTrial second = new OptimizerTrial(backend, optimizer(), true);
          second.restore(first);
          float[] gradient = OptimizerTrial.spread(seeds, 1);
          first.step(gradient, 1, true, 1);
          second.step(gradient, 1, true, 1);
          same("masters behind a restore", first.masters(), second.masters());
        });
  }

  @Test
  final void itFindsTheBottomOfABowl() {
    with(
        2,
        (backend, seeds) -> {
          OptimizerTrial trial = begin(backend, seeds, false, 0);
          float[] bottom = OptimizerTrial.spread(seeds, 1);
          double before = distance(trial.masters(), bottom);
          for (int i = 0; i < STEPS; i++) {
            float[] gradient = trial.masters();
            for (int j = 0; j < gradient.length; j++) {
              gradient[j] -= bottom[j];
            }
            trial.step(gradient, 1, true, 1 - (double) i / STEPS);
          }
          double after = distance(trial.masters(), bottom);
          check(after < 0.1 * before, "less than a tenth of " + before + " left", after);
        });
  }

  /** From the bottom, without what is frozen. */
  private static double distance(float[] values, float[] bottom) {
    double sum = 0;
    for (Slice slice : OptimizerTrial.arena().learned()) {
      for (long i = slice.offset(); i < slice.offset() + slice.shape().elements(); i++) {
        double rest = values[(int) i] - bottom[(int) i];
        sum += rest * rest;
      }
    }
    return Math.sqrt(sum);
  }

  private static boolean isZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static void same(String what, float[] expected, float[] found) {
    int at = Arrays.mismatch(expected, found);
    check(
        at < 0,
        what + ": the same bits",
        at < 0 ? "" : found[at] + " where " + expected[at] + " belongs, at " + at);
  }

  private static void check(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new AssertionError(expected + " expected, found " + found);
    }
  }
}
