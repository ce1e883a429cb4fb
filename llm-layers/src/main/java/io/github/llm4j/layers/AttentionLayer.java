package io.github.llm4j.layers;

import io.github.llm4j.api.component.Problems;
import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.layer.Cache;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Memory;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attention: project, turn for the places, look, project back.
 *
 * <p>Shapes: {@code x [B, T, C] -> [B, T, C]}; queries {@code [B, T, H, D]}, keys and values {@code
 * [B, S, K, D]}. Parameters: {@code query}, {@code key}, {@code value}, {@code output}.
 *
 * <p>Vaswani et al. 2017, arXiv:1706.03762, section 3.2; grouped heads as in Ainslie et al. 2023,
 * arXiv:2305.13245.
 */
final class AttentionLayer implements Layer {
  private final AttentionSettings settings;
  private final boolean cross;
  private final int headDim;
  private final Layer query;
  private final Layer key;
  private final Layer value;
  private final Layer output;
  private final Layer position;

  AttentionLayer(AttentionSettings settings, LayerContext context, boolean cross) {
    int c = context.dModel();
    this.settings = settings;
    this.cross = cross;
    this.headDim = settings.headDim().orElse(c / settings.heads());
    int queries = settings.heads() * headDim;
    int keys = settings.kv() * headDim;
    this.query = context.linear("query", c, queries, settings.bias(), Initial.weight());
    this.key = context.linear("key", c, keys, settings.bias(), Initial.weight());
    this.value = context.linear("value", c, keys, settings.bias(), Initial.weight());
    this.output = context.linear("output", queries, c, settings.bias(), Initial.branchEnd(context));
    this.position = context.layer("position", settings.position(), headDim);
  }

  static void check(AttentionSettings settings, Surroundings surroundings, Problems problems) {
    surroundings
        .dModel()
        .ifPresent(
            dModel -> {
              if (settings.headDim().isEmpty() && dModel % settings.heads() != 0) {
                problems.add(
                    "heads",
                    "must divide d-model, or head-dim must be set: d-model = "
                        + dModel
                        + ", heads = "
                        + settings.heads()
                        + ". Possible: "
                        + Ranges.divisors(dModel)
                        + ".");
              }
            });
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    Tensor source = cross ? memory(pass).states() : x;
    Tensor q = heads(query.forward(x, pass), settings.heads(), pass); // [B, T, H, D]
    Tensor k = heads(key.forward(source, pass), settings.kv(), pass); // [B, S, K, D]
    Tensor v = heads(value.forward(source, pass), settings.kv(), pass);
    if (cross) {
      return project(look(q, k, v, Optional.empty(), memory(pass).mask(), false, pass), pass);
    }
    q = position.forward(q, pass);
    k = position.forward(k, pass);
    Layout layout = pass.layout();
    Optional<Tensor> lengths = layout.lengths();
    if (pass.cache().isPresent()) {
      Cache cache = pass.cache().get();
      k = cache.append(pass.ops(), pass.path() + ".keys", k);
      v = cache.append(pass.ops(), pass.path() + ".values", v);
      lengths = Optional.of(cache.lengths());
    }
    return project(look(q, k, v, lengths, layout.mask(), layout.causal(), pass), pass);
  }

  private static Memory memory(Pass pass) {
    return pass.memory()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    pass.path() + ": cross-attention needs the states of an encoder"));
  }

  private Tensor heads(Tensor x, int heads, Pass pass) {
    return pass.ops().reshape(x, Shape.of(x.size(0), x.size(1), heads, headDim));
  }

  private Tensor look(
      Tensor q,
      Tensor k,
      Tensor v,
      Optional<Tensor> lengths,
      Optional<Tensor> mask,
      boolean causal,
      Pass pass) {
    float dropout = pass.mode() == Mode.TRAIN ? (float) settings.dropout() : 0;
    List<Tensor> operands = new ArrayList<>(List.of(q, k, v));
    lengths.ifPresent(operands::add);
    mask.ifPresent(operands::add);
    if (dropout > 0) {
      operands.add(pass.state());
    }
    Attention op =
        new Attention(
            (float) (1 / Math.sqrt(headDim)),
            causal,
            settings.window(),
            0,
            lengths.isPresent(),
            mask.isPresent(),
            false,
            dropout,
            dropout > 0 ? pass.key("dropout") : 0);
    return pass.ops().apply(op, operands).get(0); // [B, T, H, D]
  }

  private Tensor project(Tensor y, Pass pass) {
    Shape joined = Shape.of(y.size(0), y.size(1), settings.heads() * headDim);
    return output.forward(pass.ops().reshape(y, joined), pass); // [B, T, C]
  }
}
