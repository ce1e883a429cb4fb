package io.github.llm4j.layers;

import io.github.llm4j.api.component.SettingsException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks that several settings share. */
final class Ranges {
  private Ranges() {}

  /** All divisors of a number, as {@code 1, 2, 3, 4, 6, 12}. */
  static String divisors(int number) {
    return IntStream.rangeClosed(1, number)
        .filter(i -> number % i == 0)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  /** A probability of dropout. */
  static void probability(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new SettingsException(
          key, "must be at least 0 and below 1: " + key + " = " + value + ".");
    }
  }

  /** A count of at least one. */
  static void positive(String key, int value) {
    if (value < 1) {
      throw new SettingsException(key, "must be 1 or more: " + key + " = " + value + ".");
    }
  }
}
