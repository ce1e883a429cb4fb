package io.github.llm4j.trainers.schedule;

import io.github.llm4j.trainers.run.Check;

/** Linear growth to the peak over the first steps of a schedule. */
final class WarmUp {
  private WarmUp() {}

  static void check(String key, double warmup) {
    boolean steps = warmup >= 1 && warmup == Math.rint(warmup);
    Check.that(
        (warmup >= 0 && warmup < 1) || steps, key, "whole steps, or a share below 100%,", warmup);
  }

  /** Number of steps that a setting means: below 1 it is a share of the run. */
  static long steps(double setting, long steps) {
    return setting < 1 ? Math.round(setting * (double) steps) : (long) setting;
  }

  /** {@code lr (step + 1) / (warmup + 1)} before the end of the warm-up, then what follows. */
  static Schedule before(Schedule after, double setting, ScheduleContext context) {
    long warmup = steps(setting, context.steps());
    return step ->
        step < warmup ? context.lr() * (double) (step + 1) / (double) (warmup + 1) : after.lr(step);
  }

  /** Part of the way from the end of the warm-up to the last step, from 0 to 1. */
  static double progress(long step, long from, long to) {
    if (to <= from) {
      return 1;
    }
    return Math.min(1, Math.max(0, (double) (step - from) / (double) (to - from)));
  }
}
