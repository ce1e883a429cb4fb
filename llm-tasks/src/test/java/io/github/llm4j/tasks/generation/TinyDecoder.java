package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyContext;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.Cache;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Outputs;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.parameter.Initializer;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A decoder of attention layers with learned positions: the least that has a cache. */
final class TinyDecoder implements AssemblyProvider<TinyDecoder.Settings> {

  /** Sizes. */
  record Settings(int layers, int dModel, int heads, int kvHeads, int contextLength) {}

  static ComponentSpec<Assembly> of(Settings settings) {
    return ComponentSpec.of(new TinyDecoder(), settings);
  }

  @Override
  public String type() {
    return "tiny";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Assembly create(Settings s, AssemblyContext context) {
    LayerContext root = context.root(s.dModel, s.contextLength, s.layers);
    Initializer wide = Initializer.normal(0.5);
    Parameter tokens = root.matrix("token", Shape.of(context.vocabSize(), s.dModel), wide);
    Parameter places = root.matrix("position", Shape.of(s.contextLength, s.dModel), wide);
    List<Layer> blocks =
        IntStream.range(0, s.layers)
            .mapToObj(i -> attention(s, root.child("blocks." + i, i)))
            .toList();
    Layer head = root.linear("head", s.dModel, context.vocabSize(), false, wide);
    return (inputs, pass) -> {
      Ops ops = pass.ops();
      Tensor token = ops.embedding(pass.weight(tokens), inputs.ids(), DType.F32);
      Tensor place = ops.embedding(pass.weight(places), pass.layout().positions(), DType.F32);
      Tensor x = ops.add(token, place); // [B, T, C]
      for (Layer block : blocks) {
        x = ops.add(x, block.forward(x, pass));
      }
      return new Outputs(Map.of("states", x, "logits", head.forward(x, pass))); // [B, T, V]
    };
  }

  private static Layer attention(Settings s, LayerContext context) {
    int d = s.dModel / s.heads;
    Initializer wide = Initializer.normal(0.5);
    Layer query = context.linear("query", s.dModel, s.dModel, false, wide);
    Layer key = context.linear("key", s.dModel, d * s.kvHeads, false, wide);
    Layer value = context.linear("value", s.dModel, d * s.kvHeads, false, wide);
    Layer output = context.linear("output", s.dModel, s.dModel, true, wide);
    String path = context.path();
    return context.named(
        (x, pass) -> {
          int b = x.size(0);
          int t = x.size(1);
          Ops ops = pass.ops();
          Tensor q = ops.reshape(query.forward(x, pass), Shape.of(b, t, s.heads, d));
          Tensor k = ops.reshape(key.forward(x, pass), Shape.of(b, t, s.kvHeads, d));
          Tensor v = ops.reshape(value.forward(x, pass), Shape.of(b, t, s.kvHeads, d));
          return output.forward(
              ops.reshape(attend(path, pass, q, k, v, d), Shape.of(b, t, s.dModel)), pass);
        });
  }

  private static Tensor attend(String path, Pass pass, Tensor q, Tensor k, Tensor v, int d) {
    boolean cached = pass.cache().isPresent();
    Attention op =
        new Attention((float) (1 / Math.sqrt(d)), true, 0, 0, cached, false, false, 0, 0);
    List<Tensor> operands = new ArrayList<>(List.of(q, k, v));
    if (cached) {
      Cache cache = pass.cache().get();
      operands =
          Stream.of(
                  q,
                  cache.append(pass.ops(), path + ".keys", k),
                  cache.append(pass.ops(), path + ".values", v),
                  cache.lengths())
              .toList();
    }
    return pass.ops().apply(op, operands).get(0);
  }
}
