import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.Precision;
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
import io.github.llm4j.runtime.plan.Observer;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.PlanEntry;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.loop.StepNumbers;
import io.github.llm4j.trainers.loop.TrainStep;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.optimizer.AdamWProvider;
import io.github.llm4j.trainers.optimizer.AdamWSettings;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Times a whole training step of a GPT (tied head, learned positions, GELU by tanh, AdamW,
 * clipping) on random ids, and says how the time is shared out among ops.
 *
 * <p>{@code java -cp .. dev/StepSpeed.java char-small|char|mini|gpt2 f32|bf16 THREADS STEPS WARMUP
 * [profile]}
 */
public final class StepSpeed {
  private record Size(int layers, int heads, int dModel, int context, int batch, int vocab) {}

  private static final Map<String, Size> SIZES =
      Map.of(
          "char-small", new Size(4, 4, 128, 64, 12, 65),
          "char", new Size(6, 6, 384, 256, 8, 65),
          "mini", new Size(6, 6, 384, 256, 8, 8192),
          "gpt2", new Size(12, 12, 768, 256, 4, 50257));

  public static void main(String[] args) {
    Size size = SIZES.get(args[0]);
    Precision precision = Precision.valueOf(args[1].toUpperCase(Locale.ROOT));
    int steps = Integer.parseInt(args[3]);
    int warmup = Integer.parseInt(args[4]);
    try (WorkerPool workers = new WorkerPool(Integer.parseInt(args[2]));
        Backend backend =
            new CpuBackendProvider()
                .create(CpuSettings.of(Kernels.AUTO), new BackendContext(workers, List.of()))) {
      Model model =
          Model.build(decoder(size), size.vocab(), ModelOptions.of(1, precision), backend);
      PlanArena arena = new PlanArena(backend);
      TrainStep step =
          new TrainStep(
              model,
              new LanguageModeling(),
              new AdamWProvider()
                  .create(new AdamWSettings(1e-3, 0.9, 0.999, 1e-8, 1e-2), new OptimizerContext()),
              1.0,
              Optional.empty(),
              size.batch(),
              arena);
      Batch batch = Batch.of(size.batch(), size.context());
      Random random = new Random(1);
      for (int i = 0; i < batch.ids().length; i++) {
        batch.ids()[i] = random.nextInt(size.vocab());
        batch.targets()[i] = random.nextInt(size.vocab());
      }
      int tokens = batch.ids().length;
      double[] ms = new double[steps];
      double loss = 0;
      long allocated = 0;
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      for (int i = -warmup; i < steps; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        loss = step.run(batch, 0, new StepNumbers(1, i + warmup, tokens, size.batch(), 1e-3));
        if (i >= 0) {
          ms[i] = (System.nanoTime() - start) / 1e6;
          allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
      }
      Arrays.sort(ms);
      System.out.printf(
          Locale.ROOT,
          "%s %s %s threads: %.2f ms a step (%.2f to %.2f), %.0f tokens/s, loss %.4f, %d bytes"
              + " allocated a step, arena %.1f MB, %s%n",
          args[0],
          args[1],
          args[2],
          ms[steps / 2],
          ms[0],
          ms[steps - 1],
          tokens / ms[steps / 2] * 1e3,
          loss / tokens,
          allocated,
          arena.bytes() / 1e6,
          backend.description());
      if (args.length > 5) {
        profile(step, batch, new StepNumbers(1, 0, tokens, size.batch(), 1e-3), steps);
      }
    }
  }

  private static void profile(TrainStep step, Batch batch, StepNumbers numbers, int steps) {
    Map<String, Double> total = new TreeMap<>();
    Observer observer =
        new Observer() {
          private long since;

          @Override
          public void before(PlanEntry entry) {
            since = System.nanoTime();
          }

          @Override
          public void after(PlanEntry entry, List<Optional<MemorySegment>> outputs) {
            total.merge(entry.op().name(), (System.nanoTime() - since) / 1e6, Double::sum);
          }
        };
    for (int i = 0; i < steps; i++) {
      step.run(batch, 0, numbers, observer);
    }
    total.entrySet().stream()
        .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
        .forEach(
            e ->
                System.out.printf(
                    Locale.ROOT, "%10.3f ms  %s%n", e.getValue() / steps, e.getKey()));
  }

  private static ComponentSpec<Assembly> decoder(Size size) {
    ComponentSpec<Layer> none = ComponentSpec.of(new NoPositionProvider(), new NoSettings());
    AttentionSettings attention =
        new AttentionSettings(size.heads(), Optional.empty(), Optional.empty(), true, none, 0, 0);
    BlockSettings block =
        new BlockSettings(
            ComponentSpec.of(new LayerNormProvider(), new LayerNormSettings(1e-5, true)),
            ComponentSpec.of(new AttentionProvider(), attention),
            Optional.empty(),
            ComponentSpec.of(
                new MlpProvider(), new MlpSettings(Optional.empty(), Activation.GELU_TANH, true)));
    return ComponentSpec.of(
        new DecoderProvider(),
        new DecoderSettings(
            size.layers(),
            size.dModel(),
            size.context(),
            new EmbeddingSettings(Optional.empty()),
            block,
            Optional.empty(),
            new HeadSettings(true, false),
            0,
            false));
  }
}
