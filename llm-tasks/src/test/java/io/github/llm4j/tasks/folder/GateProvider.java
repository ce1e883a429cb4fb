package io.github.llm4j.tasks.folder;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.parameter.Initializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plugin's layer with every sort of setting: x sigmoid(W x + b), [B, T, C] to [B, T, C]. */
final class GateProvider implements LayerProvider<GateProvider.Settings> {

  enum Way {
    LEFT_WAY,
    RIGHT_WAY
  }

  record Settings(
      @Default("true") boolean bias,
      @Default("0.02") double std,
      @Default("7") Optional<Integer> cleared,
      Optional<String> name,
      @Default("left-way") Way way,
      @Default("3s") Duration time,
      @Default("[1, 2]") List<Integer> sizes,
      @Default("{ a = 1.5 }") Map<String, Double> shares) {}

  @Override
  public String type() {
    return "acme-gate";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Layer create(Settings settings, LayerContext context) {
    int width = context.dModel();
    Layer gate =
        context.linear("gate", width, width, settings.bias(), Initializer.normal(settings.std()));
    return context.named((x, pass) -> pass.ops().mul(x, pass.ops().sigmoid(gate.forward(x, pass))));
  }
}
