package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Outputs;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Map;

/**
 * Logits from states; shapes {@code [B, T, C] -> [B, T, V]}. Parameter: {@code head.output.weight}.
 */
final class Head {
  private final Layer output;

  Head(HeadSettings settings, Parameter token, int vocabSize, LayerContext root) {
    LayerContext context = root.child("head", 0);
    this.output =
        settings.tied()
            ? tied(context.shared(token.path()), context)
            : context.linear("output", root.dModel(), vocabSize, settings.bias(), Initial.weight());
  }

  private static Layer tied(Parameter token, LayerContext context) {
    return context.named(
        (x, pass) -> pass.ops().linear(x, pass.weight(token), pass.precision().compute()));
  }

  Outputs forward(Tensor states, Pass pass) {
    return new Outputs(Map.of("states", states, "logits", output.forward(states, pass)));
  }
}
