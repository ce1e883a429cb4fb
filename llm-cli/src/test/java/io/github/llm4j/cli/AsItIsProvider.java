package io.github.llm4j.cli;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;

/** A layer that changes nothing, to be put into a plugin's jar. */
public final class AsItIsProvider implements LayerProvider<AsItIsProvider.Settings> {

  /** None. */
  public record Settings() {}

  @Override
  public String type() {
    return "as-it-is";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Layer create(Settings settings, LayerContext context) {
    return context.named((x, pass) -> x);
  }
}
