package io.github.llm4j.layers;

import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyContext;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Optional;

/** {@code decoder}: embedding, blocks in which each token sees those before it, norm, head. */
public final class DecoderProvider implements AssemblyProvider<DecoderSettings> {

  @Override
  public String type() {
    return "decoder";
  }

  @Override
  public Class<DecoderSettings> settings() {
    return DecoderSettings.class;
  }

  @Override
  public DecoderSettings resolved(DecoderSettings settings, Surroundings surroundings) {
    StackSettings stack = settings.stack();
    return new DecoderSettings(
        settings.layers(),
        settings.dModel(),
        settings.contextLength(),
        new EmbeddingSettings(Optional.of(Embedding.position(stack))),
        settings.block(),
        Optional.of(settings.norm().orElse(settings.block().norm())),
        settings.head().resolved(),
        settings.dropout(),
        settings.recompute());
  }

  @Override
  public Assembly create(DecoderSettings settings, AssemblyContext context) {

    LayerContext root =
        context.root(settings.dModel(), settings.contextLength(), settings.layers());
    Embedding embedding = new Embedding(settings.stack(), context.vocabSize(), root);
    Layer stack = new Stack(settings.stack(), root);
    Head head = new Head(settings.head(), embedding.token(), context.vocabSize(), root);
    return (inputs, pass) -> {
      Pass seen = pass.with(Layouts.of(pass.layout(), true), pass.memory());
      Tensor x = embedding.forward(inputs.ids(), seen); // [B, T, C]
      return head.forward(stack.forward(x, seen), seen);
    };
  }
}
