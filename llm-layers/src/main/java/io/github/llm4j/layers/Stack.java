package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Blocks behind each other and the norm behind them; shapes {@code [B, T, C] -> [B, T, C]}. */
final class Stack implements Layer {
  private final List<Layer> blocks = new ArrayList<>();
  private final Layer norm;
  private final boolean recompute;

  Stack(StackSettings settings, LayerContext root) {
    for (int i = 0; i < settings.layers(); i++) {
      LayerContext context = root.child("blocks." + i, i);
      blocks.add(context.named(new BlockLayer(settings.block(), context, settings.dropout())));
    }
    this.norm = root.layer("norm", settings.norm().orElse(settings.block().norm()), root.dModel());
    this.recompute = settings.recompute();
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    for (Layer block : blocks) {
      x = recompute ? pass.recompute(block, x) : block.forward(x, pass);
    }
    return norm.forward(x, pass);
  }
}
