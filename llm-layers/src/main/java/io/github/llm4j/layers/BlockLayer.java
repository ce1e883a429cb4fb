package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Optional;

/**
 * A block with the norm in front of each branch.
 *
 * <p>Shapes: {@code x [B, T, C] -> [B, T, C]}, in the type of the residual stream.
 *
 * <p>Xiong et al. 2020, arXiv:2002.04745, figure 1b.
 */
final class BlockLayer implements Layer {
  private final Layer attention;
  private final Optional<Layer> crossAttention;
  private final Layer feedForward;

  BlockLayer(BlockSettings settings, LayerContext context, double dropout) {
    this.attention = branch("attention", settings, settings.attention(), context, dropout);
    this.crossAttention =
        settings
            .crossAttention()
            .map(cross -> branch("cross-attention", settings, cross, context, dropout));
    this.feedForward = branch("feed-forward", settings, settings.feedForward(), context, dropout);
  }

  /** norm, layer, dropout. */
  private static Layer branch(
      String name,
      BlockSettings settings,
      io.github.llm4j.api.component.ComponentSpec<Layer> spec,
      LayerContext context,
      double dropout) {
    LayerContext inside = context.child(name, context.block());
    Layer norm = inside.layer("pre-norm", settings.norm(), context.dModel());
    Layer layer = context.layer(name, spec, context.dModel());
    return inside.named(
        (x, pass) ->
            pass.dropout(layer.forward(norm.forward(x, pass), pass), dropout, "branch-dropout"));
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    Ops ops = pass.ops();
    x = ops.add(x, attention.forward(x, pass));
    if (crossAttention.isPresent()) {
      x = ops.add(x, crossAttention.get().forward(x, pass));
    }
    return ops.add(x, feedForward.forward(x, pass));
  }
}
