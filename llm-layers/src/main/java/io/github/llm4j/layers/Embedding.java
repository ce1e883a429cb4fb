package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;

/**
 * Token and position embedding.
 *
 * <p>Shapes: {@code ids [B, T] -> [B, T, C]}. Parameter: {@code embedding.token.weight [V, C]}.
 */
final class Embedding {
  private final Parameter token;
  private final Layer position;
  private final double dropout;

  Embedding(StackSettings stack, int vocabSize, LayerContext root) {
    LayerContext context = root.child("embedding", 0);
    this.token =
        context
            .child("token", 0)
            .matrix("weight", Shape.of(vocabSize, root.dModel()), Initial.weight());
    this.position = context.layer("position", position(stack), root.dModel());
    this.dropout = stack.dropout();
  }

  /** What is added for the place: learned, or nothing if attention has a position. */
  static ComponentSpec<Layer> position(StackSettings stack) {
    return stack
        .embedding()
        .position()
        .orElseGet(
            () ->
                ComponentSpec.of(
                    hasOwnPosition(stack.block())
                        ? new NoPositionProvider()
                        : new LearnedPositionProvider(),
                    new NoSettings()));
  }

  private static boolean hasOwnPosition(BlockSettings block) {
    return block.attention().settings() instanceof AttentionSettings attention
        && !attention.position().type().equals("none");
  }

  Parameter token() {
    return token;
  }

  Tensor forward(Tensor ids, Pass pass) {
    Pass here = pass.at("embedding");
    Tensor x = here.ops().embedding(here.weight(token), ids, here.precision().stream());
    return here.dropout(position.forward(x, here), dropout, "dropout"); // [B, T, C]
  }
}
