package io.github.llm4j.layers;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Layer;
import java.util.Optional;

/** Components as configs would bind them, for tests. */
final class Specs {
  static final ComponentSpec<Layer> NO_POSITION =
      ComponentSpec.of(new NoPositionProvider(), new NoSettings());
  static final ComponentSpec<Layer> ROPE =
      ComponentSpec.of(new RopeProvider(), new RopeSettings(10000, 1));
  static final ComponentSpec<Layer> LAYER_NORM =
      ComponentSpec.of(new LayerNormProvider(), new LayerNormSettings(1e-5, true));
  static final ComponentSpec<Layer> RMS_NORM =
      ComponentSpec.of(new RmsNormProvider(), new RmsNormSettings(1e-6));
  static final EmbeddingSettings EMBEDDING = new EmbeddingSettings(Optional.empty());
  static final HeadSettings TIED = new HeadSettings(true, false);

  private Specs() {}

  static ComponentSpec<Layer> attention(
      int heads, int kvHeads, boolean bias, ComponentSpec<Layer> position, double dropout) {
    return ComponentSpec.of(
        new AttentionProvider(),
        new AttentionSettings(
            heads, Optional.of(kvHeads), Optional.empty(), bias, position, 0, dropout));
  }

  static ComponentSpec<Layer> mlp(int dFf, Activation activation, boolean bias) {
    return ComponentSpec.of(new MlpProvider(), new MlpSettings(Optional.of(dFf), activation, bias));
  }

  static ComponentSpec<Layer> swiglu(int dFf) {
    return ComponentSpec.of(new SwigluProvider(), new SwigluSettings(Optional.of(dFf), false));
  }

  static BlockSettings gptBlock(int dModel, double dropout) {
    return new BlockSettings(
        LAYER_NORM,
        attention(2, 2, true, NO_POSITION, dropout),
        Optional.empty(),
        mlp(4 * dModel, Activation.GELU_TANH, true));
  }

  static BlockSettings llamaBlock(int dModel, ComponentSpec<Layer> feedForward) {
    return new BlockSettings(
        RMS_NORM, attention(2, 1, false, ROPE, 0), Optional.empty(), feedForward);
  }

  static ComponentSpec<Assembly> decoder(
      int layers, int dModel, int length, BlockSettings block, double dropout, boolean recompute) {
    return ComponentSpec.of(
        new DecoderProvider(),
        new DecoderSettings(
            layers, dModel, length, EMBEDDING, block, Optional.empty(), TIED, dropout, recompute));
  }
}
