package io.github.llm4j.testkit;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Random inputs from a seed that failures print. A build takes the same seed each time, so that it
 * fails by what was changed and not by chance; the system property {@code llm4j.seed} names
 * another, for longer searches.
 */
public final class Seeds {
  private final long seed;
  private final Random random;
  private final long most;

  private Seeds(long seed, long most) {
    this.seed = seed;
    this.random = new Random(seed);
    this.most = most;
  }

  /** Numbers of the build's seed, or of the one that the system property names. */
  public static Seeds fresh() {
    return of(Long.getLong("llm4j.seed", 1));
  }

  /** Numbers of this seed. */
  public static Seeds of(long seed) {
    return new Seeds(seed, Long.MAX_VALUE);
  }

  /**
   * Numbers of this seed for operands of so many elements at most; larger ones are zeros. For tests
   * that leave those out and can't wait for their numbers.
   */
  static Seeds of(long seed, long most) {
    return new Seeds(seed, most);
  }

  /** Normally distributed elements, rounded to the type. */
  public Operand normal(DType type, int... sizes) {
    return fill(type, Shape.of(sizes), random::nextGaussian);
  }

  /** Elements from {@code from} to {@code to}, rounded to the type. */
  public Operand uniform(DType type, double from, double to, int... sizes) {
    return fill(type, Shape.of(sizes), () -> from + (to - from) * random.nextDouble());
  }

  /** Integers from {@code from} inclusive to {@code to} exclusive. */
  public Operand integers(DType type, int from, int to, int... sizes) {
    return fill(type, Shape.of(sizes), () -> from + random.nextInt(to - from));
  }

  /** Elements drawn from these. */
  public Operand of(DType type, double[] choices, int... sizes) {
    return fill(type, Shape.of(sizes), () -> choices[random.nextInt(choices.length)]);
  }

  /** A seed for others. */
  public long nextLong() {
    return random.nextLong();
  }

  private Operand fill(DType type, Shape shape, DoubleSupplier elements) {
    if (shape.elements() > most) {
      return Operand.zeros(new TensorSpec(shape, type));
    }
    double[] values = new double[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = elements.getAsDouble();
    }
    return Operand.of(new TensorSpec(shape, type), values);
  }

  /** As {@code -Dllm4j.seed=42}: what repeats the run. */
  @Override
  public String toString() {
    return "-Dllm4j.seed=" + seed;
  }
}
