package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;

/** {@code rms-norm}: parameter {@code weight [C]}. */
public final class RmsNormProvider implements LayerProvider<RmsNormSettings> {

  @Override
  public String type() {
    return "rms-norm";
  }

  @Override
  public Class<RmsNormSettings> settings() {
    return RmsNormSettings.class;
  }

  @Override
  public Layer create(RmsNormSettings settings, LayerContext context) {

    float eps = (float) settings.eps();
    Parameter weight = context.vector("weight", context.dModel(), Initializer.ones());
    return (x, pass) -> pass.ops().rmsNorm(x, pass.weight(weight), eps, pass.precision().compute());
  }
}
