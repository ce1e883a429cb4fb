package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;

/** {@code learned}: adds a learned vector for each place; parameter {@code weight [T, C]}. */
public final class LearnedPositionProvider implements LayerProvider<NoSettings> {

  @Override
  public String type() {
    return "learned";
  }

  @Override
  public Class<NoSettings> settings() {
    return NoSettings.class;
  }

  @Override
  public Layer create(NoSettings settings, LayerContext context) {

    Parameter weight =
        context.matrix(
            "weight",
            Shape.of(context.contextLength(), context.dModel()),
            Initializer.normal(Initial.STD));
    return (x, pass) -> {
      Tensor places =
          pass.ops()
              .embedding(pass.weight(weight), pass.layout().positions(), pass.precision().stream());
      return pass.ops().add(x, places); // [B, T, C]
    };
  }
}
