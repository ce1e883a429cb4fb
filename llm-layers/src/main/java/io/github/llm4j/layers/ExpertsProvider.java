package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;

/** {@code experts}: a mixture of gated networks. */
public final class ExpertsProvider implements LayerProvider<ExpertsSettings> {

  @Override
  public String type() {
    return "experts";
  }

  @Override
  public Class<ExpertsSettings> settings() {
    return ExpertsSettings.class;
  }

  @Override
  public Layer create(ExpertsSettings settings, LayerContext context) {

    return new ExpertsLayer(settings, context);
  }
}
