package io.github.llm4j.runtime.plan;

/**
 * Floating-point operations; a multiplication and an addition are two. Element-wise work is not
 * counted: it is bound by memory.
 *
 * @param products of weights and activations
 * @param attention of queries, keys and values with each other, which grows with the context
 */
public record Work(double products, double attention) {
  /** None. */
  public static final Work NONE = new Work(0, 0);

  /** Both. */
  public double total() {
    return products + attention;
  }

  /** With other work. */
  public Work plus(Work other) {
    return new Work(products + other.products, attention + other.attention);
  }

  /** So many times as much. */
  public Work times(double factor) {
    return new Work(products * factor, attention * factor);
  }
}
