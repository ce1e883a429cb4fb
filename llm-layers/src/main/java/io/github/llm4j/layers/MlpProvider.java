package io.github.llm4j.layers;

import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Optional;

/** {@code mlp}: {@code y = down(activation(up(x)))}; parameters {@code up}, {@code down}. */
public final class MlpProvider implements LayerProvider<MlpSettings> {

  @Override
  public String type() {
    return "mlp";
  }

  @Override
  public Class<MlpSettings> settings() {
    return MlpSettings.class;
  }

  @Override
  public MlpSettings resolved(MlpSettings settings, Surroundings surroundings) {
    return settings.dFf().isPresent() || surroundings.dModel().isEmpty()
        ? settings
        : new MlpSettings(
            Optional.of(4 * surroundings.dModel().getAsInt()),
            settings.activation(),
            settings.bias());
  }

  @Override
  public Layer create(MlpSettings settings, LayerContext context) {

    int c = context.dModel();
    int f = settings.dFf().orElse(4 * c);
    Layer up = context.linear("up", c, f, settings.bias(), Initial.weight());
    Layer down = context.linear("down", f, c, settings.bias(), Initial.branchEnd(context));
    return (x, pass) -> {
      Tensor inner = settings.activation().apply(pass.ops(), up.forward(x, pass)); // [B, T, F]
      return down.forward(inner, pass); // [B, T, C]
    };
  }
}
