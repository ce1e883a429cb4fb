package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyContext;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Memory;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Optional;

/**
 * {@code encoder-decoder}: inputs {@code source-ids [B, S]}, {@code source-mask [B, S]} where rows
 * are padded, and {@code ids [B, T]}; a decoder block without {@code cross-attention} gets one like
 * its attention.
 */
public final class EncoderDecoderProvider implements AssemblyProvider<EncoderDecoderSettings> {

  @Override
  public String type() {
    return "encoder-decoder";
  }

  @Override
  public Class<EncoderDecoderSettings> settings() {
    return EncoderDecoderSettings.class;
  }

  @Override
  public Assembly create(EncoderDecoderSettings settings, AssemblyContext context) {

    LayerContext root =
        context.root(
            settings.dModel(),
            settings.contextLength(),
            settings.encoder().layers() + settings.decoder().layers());
    StackSettings encoding = settings.stack(settings.encoder());
    Embedding embedding = new Embedding(encoding, context.vocabSize(), root);
    Layer encoder = new Stack(encoding, root.child("encoder", 0));
    StackSettings decoding = withCrossAttention(settings.stack(settings.decoder()));
    Layer decoder = new Stack(decoding, root.child("decoder", 0));
    Head head = new Head(settings.head(), embedding.token(), context.vocabSize(), root);
    return (inputs, pass) -> {
      Memory memory = pass.memory().orElseGet(() -> encode(inputs, embedding, encoder, pass));
      Pass seen = pass.with(Layouts.of(pass.layout(), true), Optional.of(memory));
      Tensor x = embedding.forward(inputs.ids(), seen); // [B, T, C]
      return head.forward(decoder.forward(x, seen), seen);
    };
  }

  private static Memory encode(Inputs inputs, Embedding embedding, Layer encoder, Pass pass) {
    Tensor ids =
        inputs
            .get("source-ids")
            .orElseThrow(() -> new IllegalArgumentException("inputs lack source-ids"));
    Optional<Tensor> mask = inputs.get("source-mask");
    Tensor places = Layouts.places(pass.ops(), ids.size(0), ids.size(1));
    Layout layout = new Layout(false, places, Optional.empty(), mask);
    Pass seen = pass.with(layout, Optional.empty());
    Tensor states = encoder.forward(embedding.forward(ids, seen), seen); // [B, S, C]
    return new Memory(states, mask);
  }

  private static StackSettings withCrossAttention(StackSettings stack) {
    BlockSettings block = stack.block();
    if (block.crossAttention().isPresent()) {
      return stack;
    }
    if (!(block.attention().settings() instanceof AttentionSettings attention)) {
      throw new LlmException(
          ErrorKind.USER,
          "decoder.block.cross-attention: must be set where attention is a plugin's, found"
              + " attention of type '"
              + block.attention().type()
              + "'. Add cross-attention { heads = .. }.");
    }
    ComponentSpec<Layer> cross = ComponentSpec.of(new CrossAttentionProvider(), attention);
    BlockSettings crossed =
        new BlockSettings(block.norm(), block.attention(), Optional.of(cross), block.feedForward());
    return new StackSettings(
        stack.layers(),
        stack.embedding(),
        crossed,
        stack.norm(),
        stack.dropout(),
        stack.recompute());
  }
}
