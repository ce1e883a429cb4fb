package io.github.llm4j.runtime.model;

import io.github.llm4j.api.layer.LinearFactory;
import io.github.llm4j.api.layer.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How a model is built besides its architecture.
 *
 * @param seed seed of the first weights
 * @param precision which types it computes in
 * @param linears other linears by path pattern, as {@code **.attention.*}; the first that fits is
 *     taken
 * @param frozen which parameters are not learned, by path
 */
public record ModelOptions(
    long seed, Precision precision, Map<String, LinearFactory> linears, Predicate<String> frozen) {

  /** Copies the map, in its order. */
  public ModelOptions {
    linears = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(linears));
  }

  /** Plain linears, everything learned. */
  public static ModelOptions of(long seed, Precision precision) {
    return new ModelOptions(seed, precision, Map.of(), path -> false);
  }
}
