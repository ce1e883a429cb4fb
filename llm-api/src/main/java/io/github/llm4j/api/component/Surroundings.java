package io.github.llm4j.api.component;

import java.util.OptionalInt;

/**
 * What lies around a component in a config.
 *
 * @param dModel width of the stream, if the component maps one
 * @param contextLength greatest length of a text, if the component is inside a model
 * @param layers number of blocks, if the component is inside a model
 */
public record Surroundings(OptionalInt dModel, OptionalInt contextLength, OptionalInt layers) {

  /** Nothing is known. */
  public static Surroundings none() {
    return new Surroundings(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** Inside a model of this size. */
  public static Surroundings of(int dModel, int contextLength, int layers) {
    return new Surroundings(
        OptionalInt.of(dModel), OptionalInt.of(contextLength), OptionalInt.of(layers));
  }
}
