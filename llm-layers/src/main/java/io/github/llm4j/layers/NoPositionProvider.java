package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;

/** {@code none}: leaves the stream as it is. */
public final class NoPositionProvider implements LayerProvider<NoSettings> {

  @Override
  public String type() {
    return "none";
  }

  @Override
  public Class<NoSettings> settings() {
    return NoSettings.class;
  }

  @Override
  public Layer create(NoSettings settings, LayerContext context) {

    return (x, pass) -> x;
  }
}
