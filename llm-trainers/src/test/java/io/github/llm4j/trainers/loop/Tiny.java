package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
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
import io.github.llm4j.trainers.data.Tokens;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.optimizer.AdamWProvider;
import io.github.llm4j.trainers.optimizer.AdamWSettings;
import java.util.List;
import java.util.Optional;

/** A tiny GPT with its threads and memory. */
final class Tiny implements AutoCloseable {
  static final int VOCAB = 29;
  static final int CONTEXT = 8;

  private final WorkerPool pool;
  final Backend backend;
  final Model model;
  final PlanArena arena;

  Tiny(int threads, double dropout, boolean recompute, Precision precision) {
    this(threads, dropout, recompute, precision, Kernels.AUTO);
  }

  Tiny(int threads, double dropout, boolean recompute, Precision precision, Kernels kernels) {
    pool = new WorkerPool(threads);
    backend =
        new CpuBackendProvider()
            .create(CpuSettings.of(kernels), new BackendContext(pool, List.of()));
    model = Model.build(decoder(dropout, recompute), VOCAB, ModelOptions.of(3, precision), backend);
    arena = new PlanArena(backend);
  }

  static ComponentSpec<Assembly> decoder(double dropout, boolean recompute) {
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
            ComponentSpec.of(
                new MlpProvider(), new MlpSettings(Optional.empty(), Activation.GELU, false)));
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
    return new TrainStep(model, new LanguageModeling(), adamw(lr), 1, rows, arena);
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
