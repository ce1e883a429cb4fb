package com.example.gatedmlp;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.tensor.Tensor;
import java.util.List;

/**
 * {@code gated-mlp}: {@code y = down(sigmoid(gate(x)) up(x))}.
 *
 * <p>Shazeer 2020, arXiv:2002.05202, eq. 6 (FFN_GLU).
 */
public final class GatedMlpProvider implements LayerProvider<GatedMlpSettings> {

  @Override
  public String type() {
    return "gated-mlp";
  }

  @Override
  public Class<GatedMlpSettings> settings() {
    return GatedMlpSettings.class;
  }

  @Override
  public Layer create(GatedMlpSettings settings, LayerContext context) {
    int c = context.dModel();
    int f = settings.dFf();
    Initializer first = Initializer.normal(0.02);
    Layer gate = context.linear("gate", c, f, settings.bias(), first);
    Layer up = context.linear("up", c, f, settings.bias(), first);
    Layer down = context.linear("down", f, c, settings.bias(), first);
    return (x, pass) -> {
      List<Tensor> both = List.of(gate.forward(x, pass), up.forward(x, pass)); // [B, T, F]
      Tensor inner = pass.ops().apply(new SigmoidGate(), both).get(0); // [B, T, F]
      return down.forward(inner, pass); // [B, T, C]
    };
  }
}
