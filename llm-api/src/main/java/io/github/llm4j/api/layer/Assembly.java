package io.github.llm4j.api.layer;

/** A whole model without its data: encoder, decoder or encoder-decoder, with its head. */
@FunctionalInterface
public interface Assembly {

  /** Computes all outputs that the head gives. */
  Outputs forward(Inputs inputs, Pass pass);
}
