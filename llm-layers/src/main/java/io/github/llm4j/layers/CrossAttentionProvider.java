package io.github.llm4j.layers;

import io.github.llm4j.api.component.Problems;
import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;

/** {@code cross-attention}: tokens look at the states of the encoder. */
public final class CrossAttentionProvider implements LayerProvider<AttentionSettings> {

  @Override
  public String type() {
    return "cross-attention";
  }

  @Override
  public Class<AttentionSettings> settings() {
    return AttentionSettings.class;
  }

  @Override
  public AttentionSettings resolved(AttentionSettings settings, Surroundings surroundings) {
    return settings.resolved(surroundings);
  }

  @Override
  public void check(AttentionSettings settings, Surroundings surroundings, Problems problems) {
    AttentionLayer.check(settings, surroundings, problems);
  }

  @Override
  public Layer create(AttentionSettings settings, LayerContext context) {

    return new AttentionLayer(settings, context, true);
  }
}
