package io.github.llm4j.api.parameter;

import io.github.llm4j.api.random.Philox;

/**
 * First values of a parameter, each a function of (seed, path, index), so that neither order nor
 * threads matter.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * One element.
   *
   * @param seed the run's seed
   * @param key {@link Philox#key} of the parameter's path
   * @param index flat index of the element
   */
  double value(long seed, int key, long index);

  /** The same value everywhere. */
  static Initializer constant(double value) {
    return (seed, key, index) -> value;
  }

  /** All ones. */
  static Initializer ones() {
    return constant(1);
  }

  /** All zeros. */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * Normal with mean 0, by Box and Muller 1958 (doi:10.1214/aoms/1177706645) from two uniforms.
   *
   * @param std standard deviation
   */
  static Initializer normal(double std) {
    return (seed, key, index) -> {
      double u = (Philox.word(seed, key, 0, 0, 2 * index) >>> 8) * 0x1.0p-24 + 0x1.0p-25;
      double v = (Philox.word(seed, key, 0, 0, 2 * index + 1) >>> 8) * 0x1.0p-24;
      return std * Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
    };
  }
}
