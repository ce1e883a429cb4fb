package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;

/**
 * {@code rope}: rotary positions over a head {@code [B, T, H, D]}, by halves.
 *
 * <p>Su et al. 2021, arXiv:2104.09864, section 3.4.2.
 */
public final class RopeProvider implements LayerProvider<RopeSettings> {

  @Override
  public String type() {
    return "rope";
  }

  @Override
  public Class<RopeSettings> settings() {
    return RopeSettings.class;
  }

  @Override
  public Layer create(RopeSettings settings, LayerContext context) {

    int pairs = (int) (context.dModel() * settings.fraction()) / 2;
    Shape table = Shape.of(context.contextLength(), pairs);
    double theta = settings.theta();
    Parameter cos =
        context.constant("cos", table, (seed, key, i) -> Math.cos(angle(theta, pairs, i)));
    Parameter sin =
        context.constant("sin", table, (seed, key, i) -> Math.sin(angle(theta, pairs, i)));
    return (x, pass) ->
        pass.ops().rope(x, pass.weight(cos), pass.weight(sin), pass.layout().positions());
  }

  /** Angle of element {@code index} of a table {@code [T, pairs]}. */
  private static double angle(double theta, int pairs, long index) {
    long place = index / pairs;
    long pair = index % pairs;
    return place * Math.pow(theta, -(double) pair / pairs);
  }
}
