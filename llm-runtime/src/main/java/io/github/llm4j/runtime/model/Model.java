package io.github.llm4j.runtime.model;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Cache;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Losses;
import io.github.llm4j.api.layer.Memory;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.layer.Shared;
import io.github.llm4j.api.layer.Weights;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.runtime.plan.CountedBackend;
import java.util.Optional;

/**
 * An assembly with its parameters in memory.
 *
 * @param assembly the architecture
 * @param parameters its parameters
 * @param backend where they lie
 * @param options how it was built
 * @param vocabSize number of token ids (V)
 * @param dModel width of the stream (C)
 * @param contextLength greatest length of a text (T)
 */
public record Model(
    Assembly assembly,
    Parameters parameters,
    Backend backend,
    ModelOptions options,
    int vocabSize,
    int dModel,
    int contextLength) {

  /** Builds a model with fresh weights, which are a function of the seed and of their paths. */
  public static Model build(
      ComponentSpec<Assembly> spec, int vocabSize, ModelOptions options, Backend backend) {
    return make(spec, vocabSize, options, backend, true);
  }

  /**
   * A model whose parameters have no values: steps can be recorded with it, none can run.
   *
   * @param backend counts what the model would take
   */
  public static Model planned(
      ComponentSpec<Assembly> spec, int vocabSize, ModelOptions options, CountedBackend backend) {
    return make(spec, vocabSize, options, backend, false);
  }

  private static Model make(
      ComponentSpec<Assembly> spec,
      int vocabSize,
      ModelOptions options,
      Backend backend,
      boolean values) {
    ModelContext context = new ModelContext(vocabSize, options);
    Assembly assembly = spec.create(context);
    Parameters parameters = new Parameters(backend, context.parameters(), options, values);
    return new Model(
        assembly,
        parameters,
        backend,
        options,
        vocabSize,
        context.dModel(),
        context.contextLength());
  }

  /**
   * What a forward pass knows.
   *
   * @param ops what to compute with: a recorder, a tape over one, or eager ops
   * @param weights handles of {@link Parameters#on} for the same recording
   * @param mode what the pass is for
   * @param layout how the tokens lie
   * @param cache keys and values of the tokens before, while text is generated
   * @param random state of random draws, in training
   */
  public Pass pass(
      Ops ops,
      Weights weights,
      Mode mode,
      Layout layout,
      Optional<Cache> cache,
      Optional<Tensor> random) {
    return new Pass(
        ops,
        mode,
        options.precision(),
        weights,
        "",
        layout,
        Optional.<Memory>empty(),
        cache,
        random,
        new Shared(),
        new Losses());
  }
}
