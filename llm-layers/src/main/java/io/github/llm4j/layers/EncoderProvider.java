package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyContext;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.tensor.Tensor;

/** {@code encoder}: embedding, blocks in which each token sees all of its text, norm, head. */
public final class EncoderProvider implements AssemblyProvider<EncoderSettings> {

  @Override
  public String type() {
    return "encoder";
  }

  @Override
  public Class<EncoderSettings> settings() {
    return EncoderSettings.class;
  }

  @Override
  public Assembly create(EncoderSettings settings, AssemblyContext context) {

    LayerContext root =
        context.root(settings.dModel(), settings.contextLength(), settings.layers());
    Embedding embedding = new Embedding(settings.stack(), context.vocabSize(), root);
    Layer stack = new Stack(settings.stack(), root);
    Head head = new Head(settings.head(), embedding.token(), context.vocabSize(), root);
    return (inputs, pass) -> {
      Pass seen = pass.with(Layouts.of(pass.layout(), false), pass.memory());
      Tensor x = embedding.forward(inputs.ids(), seen); // [B, T, C]
      return head.forward(stack.forward(x, seen), seen);
    };
  }
}
