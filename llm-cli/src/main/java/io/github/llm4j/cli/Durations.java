package io.github.llm4j.cli;

/** Times as people say them. */
final class Durations {
  private Durations() {}

  /** As {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 14 min}, {@code 3 d 4 h}. */
  static String text(double seconds) {
    long s = Math.max(0, Math.round(seconds));
    if (s < 60) {
      return s + " s";
    }
    if (s < 3600) {
      return s / 60 + " min " + s % 60 + " s";
    }
    long min = s / 60;
    if (min < 24 * 60) {
      return min / 60 + " h " + min % 60 + " min";
    }
    return min / 1440 + " d " + min / 60 % 24 + " h";
  }
}
