package io.github.llm4j.runtime.model;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LinearFactory;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;

/** {@code y = x W' + b} with parameters {@code weight} and {@code bias}. */
final class PlainLinear implements LinearFactory {

  @Override
  public Layer linear(
      LayerContext context, int in, int out, boolean bias, Initializer initializer) {
    Parameter weight = context.matrix("weight", Shape.of(out, in), initializer);
    if (!bias) {
      return context.named(
          (x, pass) -> pass.ops().linear(x, pass.weight(weight), pass.precision().compute()));
    }
    Parameter shift = context.vector("bias", out, Initializer.zeros());
    return context.named(
        (x, pass) ->
            pass.ops()
                .linear(x, pass.weight(weight), pass.weight(shift), pass.precision().compute()));
  }
}
