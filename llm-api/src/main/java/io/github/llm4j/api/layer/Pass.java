package io.github.llm4j.api.layer;

import io.github.llm4j.api.op.Dropout;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.random.Philox;
import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a forward pass knows besides the stream; immutable.
 *
 * @param ops what to compute with
 * @param mode what the pass is for
 * @param precision which types it computes in
 * @param weights forms of the parameters
 * @param path path of the layer that sees this pass
 * @param layout how the tokens lie
 * @param memory the encoder's states, for a decoder of an encoder-decoder
 * @param cache keys and values of the tokens before, while text is generated
 * @param random {@code [3]} (I64): seed, step, global index of row 0; there in training
 * @param shared values that layers share
 * @param losses where layers add losses
 */
public record Pass(
    Ops ops,
    Mode mode,
    Precision precision,
    Weights weights,
    String path,
    Layout layout,
    Optional<Memory> memory,
    Optional<Cache> cache,
    Optional<Tensor> random,
    Shared shared,
    Losses losses) {

  /** The pass as a layer at this path sees it: launches, errors and random keys carry the path. */
  public Pass at(String layerPath) {
    return new Pass(
        ops.at(layerPath),
        mode,
        precision,
        weights,
        layerPath,
        layout,
        memory,
        cache,
        random,
        shared,
        losses);
  }

  /** The pass of another way the tokens lie and with other memory: for encoder and decoder. */
  public Pass with(Layout otherLayout, Optional<Memory> otherMemory) {
    return new Pass(
        ops,
        mode,
        precision,
        weights,
        path,
        otherLayout,
        otherMemory,
        cache,
        random,
        shared,
        losses);
  }

  private Pass with(Ops other, Losses others) {
    return new Pass(
        other, mode, precision, weights, path, layout, memory, cache, random, shared, others);
  }

  /** The form of a parameter that this pass computes with. */
  public Tensor weight(Parameter parameter) {
    return weights.of(parameter);
  }

  /** Hash of a draw's name at this layer: the key of its random numbers. */
  public int key(String name) {
    return Philox.key(path + "/" + name);
  }

  /** Dropout in training, else x. */
  public Tensor dropout(Tensor x, double p, String name) {
    if (mode != Mode.TRAIN || p == 0) {
      return x;
    }
    return ops.apply(new Dropout((float) p, key(name)), List.of(x, state())).get(0);
  }

  /**
   * The state of random draws.
   *
   * @throws IllegalStateException outside training
   */
  public Tensor state() {
    return random.orElseThrow(() -> new IllegalStateException("random draws need mode TRAIN"));
  }

  /**
   * Runs a layer whose intermediate values are computed again in the backward pass instead of kept.
   * What the layer adds to {@link #losses} counts as usual.
   */
  public Tensor recompute(Layer layer, Tensor x) {
    List<Tensor> results =
        ops.recompute(
            (inner, inputs) -> {
              Losses added = new Losses();
              List<Tensor> outputs = new ArrayList<>();
              outputs.add(layer.forward(inputs.get(0), with(inner, added)));
              outputs.addAll(added.all());
              return outputs;
            },
            List.of(x));
    results.stream().skip(1).forEach(losses::add);
    return results.get(0);
  }
}
