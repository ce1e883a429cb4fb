package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.op.LayerNorm;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;
import java.util.List;

/** {@code layer-norm}: parameters {@code weight [C]} and {@code bias [C]}. */
public final class LayerNormProvider implements LayerProvider<LayerNormSettings> {

  @Override
  public String type() {
    return "layer-norm";
  }

  @Override
  public Class<LayerNormSettings> settings() {
    return LayerNormSettings.class;
  }

  @Override
  public Layer create(LayerNormSettings settings, LayerContext context) {

    int width = context.dModel();
    float eps = (float) settings.eps();
    Parameter weight = context.vector("weight", width, Initializer.ones());
    if (!settings.bias()) {
      return (x, pass) ->
          pass.ops()
              .apply(
                  new LayerNorm(eps, false, pass.precision().compute()),
                  List.of(x, pass.weight(weight)))
              .get(0);
    }
    Parameter bias = context.vector("bias", width, Initializer.zeros());
    return (x, pass) ->
        pass.ops()
            .layerNorm(x, pass.weight(weight), pass.weight(bias), eps, pass.precision().compute());
  }
}
