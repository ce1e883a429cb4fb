package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.backend.cpu.CpuBackendProvider;
import io.github.llm4j.backend.cpu.CpuSettings;
import io.github.llm4j.backend.cpu.Kernels;
import io.github.llm4j.layers.Activation;
import io.github.llm4j.layers.AttentionProvider;
import io.github.llm4j.layers.AttentionSettings;
import io.github.llm4j.layers.BlockSettings;
import io.github.llm4j.layers.DecoderProvider;
import io.github.llm4j.layers.DecoderSettings;
import io.github.llm4j.layers.EmbeddingSettings;
import io.github.llm4j.layers.ExpertsProvider;
import io.github.llm4j.layers.ExpertsSettings;
import io.github.llm4j.layers.HeadSettings;
import io.github.llm4j.layers.LayerNormProvider;
import io.github.llm4j.layers.LayerNormSettings;
import io.github.llm4j.layers.MlpProvider;
import io.github.llm4j.layers.MlpSettings;
import io.github.llm4j.layers.NoPositionProvider;
import io.github.llm4j.layers.NoSettings;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.testkit.Reference;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.data.RandomWindows;
import io.github.llm4j.trainers.data.Tokens;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.optimizer.AdamWProvider;
import io.github.llm4j.trainers.optimizer.AdamWSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A tiny GPT with its threads and memory. */
final class Tiny implements AutoCloseable {
  static final int VOCAB = 29;
  static final int CONTEXT = 8;
  static final int ROWS = 8;
  static final long SEED = 11;

  final WorkerPool pool;
  final Backend backend;
  final Model model;
  final PlanArena arena;

  Tiny(int threads, double dropout, boolean recompute, Precision precision) {
    this(threads, dropout, recompute, precision, Kernels.AUTO);
  }

  Tiny(int threads, double dropout, boolean recompute, Precision precision, Kernels kernels) {
    this(threads, decoder(dropout, recompute), precision, pool -> cpu(pool, kernels));
  }

  private Tiny(
      int threads,
      ComponentSpec<Assembly> assembly,
      Precision precision,
      Function<WorkerPool, Backend> opener) {
    pool = new WorkerPool(threads);
    backend = opener.apply(pool);
    model = Model.build(assembly, VOCAB, ModelOptions.of(3, precision), backend);
    arena = new PlanArena(backend);
  }

  /** On the reference backend, which has one thread. */
  static Tiny reference(double dropout, boolean recompute, Precision precision) {
    return new Tiny(1, decoder(dropout, recompute), precision, pool -> Reference.open());
  }

  /** Another model. */
  static Tiny of(ComponentSpec<Assembly> assembly) {
    return new Tiny(1, assembly, Precision.F32, pool -> cpu(pool, Kernels.AUTO));
  }

  private static Backend cpu(WorkerPool pool, Kernels kernels) {
    return new CpuBackendProvider()
        .create(CpuSettings.of(kernels), new BackendContext(pool, List.of()));
  }

  static ComponentSpec<Assembly> decoder(double dropout, boolean recompute) {
    return decoder(
        dropout,
        recompute,
        ComponentSpec.of(
            new MlpProvider(), new MlpSettings(Optional.empty(), Activation.GELU, false)));
  }

  /** Two of four experts for each token. */
  static ComponentSpec<Assembly> experts(double loadBalance) {
    return decoder(
        0,
        false,
        ComponentSpec.of(new ExpertsProvider(), new ExpertsSettings(4, 2, 16, true, loadBalance)));
  }

  private static ComponentSpec<Assembly> decoder(
      double dropout, boolean recompute, ComponentSpec<Layer> feedForward) {
    BlockSettings block =
        new BlockSettings(
            ComponentSpec.of(new LayerNormProvider(), new LayerNormSettings(1e-5, true)),
            ComponentSpec.of(
                new AttentionProvider(),
                new AttentionSettings(
                    2,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    ComponentSpec.of(new NoPositionProvider(), new NoSettings()),
                    0,
                    dropout)),
            Optional.empty(),
            feedForward);
    return ComponentSpec.of(
        new DecoderProvider(),
        new DecoderSettings(
            2,
            16,
            CONTEXT,
            new EmbeddingSettings(Optional.empty()),
            block,
            Optional.empty(),
            new HeadSettings(true, false),
            dropout,
            recompute));
  }

  static Optimizer adamw(double lr) {
    return new AdamWProvider()
        .create(new AdamWSettings(lr, 0.9, 0.99, 1e-8, 0.1), new OptimizerContext());
  }

  TrainStep step(double lr, int rows) {
    return step(lr, rows, Optional.empty());
  }

  TrainStep step(double lr, int rows, Optional<Double> averageDecay) {
    return new TrainStep(model, new LanguageModeling(), adamw(lr), 1, averageDecay, rows, arena);
  }

  /**
   * Losses of some steps; the norm of each behind it.
   *
   * @param micro rows of a micro-batch
   */
  List<Double> train(int steps, int micro, double lr) {
    RandomWindows windows = RandomWindows.of(text(500), CONTEXT, SEED);
    TrainStep step = step(lr, micro);
    Batch batch = Batch.of(micro, CONTEXT);
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      StepNumbers numbers = new StepNumbers(SEED, i, (long) ROWS * CONTEXT, ROWS, lr);
      double sum = 0;
      for (int row = 0; row < ROWS; row += micro) {
        windows.fill(batch, i, row);
        sum += step.run(batch, row, numbers);
      }
      losses.add(sum / (double) numbers.targets());
      losses.add(step.norm());
    }
    return losses;
  }

  /** A text with some order in it. */
  static Tokens text(int count) {
    int[] ids = new int[count];
    for (int i = 1; i < count; i++) {
      ids[i] = (ids[i - 1] * 5 + 7 + (i % 11 == 0 ? 1 : 0)) % VOCAB;
    }
    return Tokens.of(ids);
  }

  @Override
  public void close() {
    backend.close();
    pool.close();
  }
}
