package io.github.llm4j.trainers.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Leaves steps out where there are more than a picture can show: of each stretch the first and the
 * last stay, and those where a curve is least and greatest, so that no spike is lost.
 */
final class Thinning {
  /** Stretches of the whole; a picture has hardly more columns. */
  static final int STRETCHES = 800;

  private static final List<ToDoubleFunction<Metrics.Step>> CURVES =
      List.of(
          Metrics.Step::loss, Metrics.Step::lr, Metrics.Step::norm, Metrics.Step::tokensPerSecond);

  private Thinning() {}

  static List<Metrics.Step> of(List<Metrics.Step> steps) {
    if (steps.size() <= 4 * STRETCHES) {
      return steps;
    }
    List<Metrics.Step> kept = new ArrayList<>();
    for (int i = 0; i < STRETCHES; i++) {
      int from = (int) ((long) steps.size() * i / STRETCHES);
      int to = (int) ((long) steps.size() * (i + 1) / STRETCHES);
      TreeSet<Integer> chosen = new TreeSet<>(List.of(from, to - 1));
      for (ToDoubleFunction<Metrics.Step> curve : CURVES) {
        chosen.add(extreme(steps, curve, from, to, 1));
        chosen.add(extreme(steps, curve, from, to, -1));
      }
      chosen.forEach(k -> kept.add(steps.get(k)));
    }
    return kept;
  }

  private static int extreme(
      List<Metrics.Step> steps, ToDoubleFunction<Metrics.Step> curve, int from, int to, int sign) {
    int found = from;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      double value = sign * curve.applyAsDouble(steps.get(i));
      if (value > best) { // false for what isn't finite
        best = value;
        found = i;
      }
    }
    return found;
  }
}
