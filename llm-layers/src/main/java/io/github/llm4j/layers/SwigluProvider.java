package io.github.llm4j.layers;

import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Optional;

/**
 * {@code swiglu}: {@code y = down(silu(gate(x)) up(x))}; parameters {@code gate}, {@code up},
 * {@code down}.
 *
 * <p>Shazeer 2020, arXiv:2002.05202, eq. 6.
 */
public final class SwigluProvider implements LayerProvider<SwigluSettings> {

  @Override
  public String type() {
    return "swiglu";
  }

  @Override
  public Class<SwigluSettings> settings() {
    return SwigluSettings.class;
  }

  @Override
  public SwigluSettings resolved(SwigluSettings settings, Surroundings surroundings) {
    return surroundings.dModel().isEmpty()
        ? settings
        : new SwigluSettings(
            Optional.of(settings.width(surroundings.dModel().getAsInt())), settings.bias());
  }

  @Override
  public Layer create(SwigluSettings settings, LayerContext context) {

    int c = context.dModel();
    int f = settings.width(c);
    Layer gate = context.linear("gate", c, f, settings.bias(), Initial.weight());
    Layer up = context.linear("up", c, f, settings.bias(), Initial.weight());
    Layer down = context.linear("down", f, c, settings.bias(), Initial.branchEnd(context));
    return (x, pass) -> {
      Tensor inner = pass.ops().swiGlu(gate.forward(x, pass), up.forward(x, pass)); // [B, T, F]
      return down.forward(inner, pass); // [B, T, C]
    };
  }
}
