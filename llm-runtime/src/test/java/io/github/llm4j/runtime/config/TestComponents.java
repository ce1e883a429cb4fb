package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.Percent;
import io.github.llm4j.api.component.Problems;
import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyContext;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.OptimizerProvider;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A small vocabulary to bind: it has every sort of setting, and builds nothing. */
final class TestComponents {
  private TestComponents() {}

  static final List<Kind> KINDS =
      List.of(
          new Kind("assembly", AssemblyProvider.class),
          new Kind("layer", LayerProvider.class),
          new Kind("optimizer", OptimizerProvider.class));

  static Registry registry() {
    return Registry.of(
        KINDS,
        List.of(
            new Decoder(),
            new Attention(),
            new RmsNorm(),
            new LayerNorm(),
            new Rope(),
            new AdamW(),
            new Sgd()));
  }

  enum Device {
    AUTO,
    CPU_SCALAR,
    CUDA
  }

  record Run(
      @Doc("Name of the run.") String name,
      Optional<ComponentSpec<Assembly>> model,
      @Default("{}") Trainer trainer,
      @Default("{}") Data data,
      @Default("auto") Device device) {}

  record Data(
      Optional<Path> path,
      @Default("[]") List<String> labels,
      @Default("{}") Map<String, Integer> columns) {}

  record Trainer(
      @Default("100") @Doc("Number of steps.") int steps,
      @Default("8") int batch,
      @Default("1e-3") float lr,
      @Default("0") double dropout,
      @Default("0") @Percent double warmup,
      @Default("10s") Duration every,
      @Default("false") boolean shuffle,
      @Default("1") long seed,
      OptionalInt epochs,
      @Default("adamw") ComponentSpec<Optimizer> optimizer) {
    Trainer {
      if (steps < 1) {
        throw new SettingsException("steps", "expected at least 1, found " + steps + ".");
      }
    }
  }

  record DecoderSettings(
      int layers,
      int dModel,
      @Default("256") int contextLength,
      @Default("{}") Block block,
      @Default("rms-norm") ComponentSpec<Layer> norm,
      @Default("[]") List<ComponentSpec<Layer>> extra) {}

  record Block(
      @Default("{ type = attention, heads = 4 }") ComponentSpec<Layer> attention,
      @Default("rms-norm") ComponentSpec<Layer> norm) {}

  record AttentionSettings(
      int heads, OptionalInt kvHeads, Optional<ComponentSpec<Layer>> position) {
    AttentionSettings {
      if (kvHeads.isPresent() && heads % kvHeads.getAsInt() != 0) {
        throw new SettingsException(
            "kv-heads",
            "must divide heads: heads = %d, kv-heads = %d.".formatted(heads, kvHeads.getAsInt()));
      }
    }
  }

  record NormSettings(@Default("1e-6") float eps) {
    NormSettings {
      if (!(eps > 0)) {
        throw new IllegalArgumentException("expected eps > 0, found " + eps + ".");
      }
    }
  }

  record LayerNormSettings(@Default("1e-5") float eps, @Default("true") boolean bias) {}

  record RopeSettings(@Default("10000") double theta) {}

  record AdamSettings(
      @Default("1e-3") double lr, @Default("0.9") double beta1, @Default("0") double weightDecay) {}

  record SgdSettings(@Default("0.1") double lr, @Default("0") double momentum) {}

  static final class Decoder implements AssemblyProvider<DecoderSettings> {
    @Override
    public String type() {
      return "decoder";
    }

    @Override
    public Class<DecoderSettings> settings() {
      return DecoderSettings.class;
    }

    @Override
    public Assembly create(DecoderSettings settings, AssemblyContext context) {
      throw new UnsupportedOperationException();
    }
  }

  /** A layer of this type and these settings. */
  abstract static class Named<S extends Record> implements LayerProvider<S> {
    private final String type;
    private final Class<S> settings;

    Named(String type, Class<S> settings) {
      this.type = type;
      this.settings = settings;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public Class<S> settings() {
      return settings;
    }

    @Override
    public Layer create(S settings, LayerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  static final class Attention extends Named<AttentionSettings> {
    Attention() {
      super("attention", AttentionSettings.class);
    }

    @Override
    public void check(AttentionSettings settings, Surroundings around, Problems problems) {
      int width = around.dModel().orElse(0);
      if (width % settings.heads() != 0) {
        problems.add(
            "heads",
            "must divide d-model: d-model = %d, heads = %d.".formatted(width, settings.heads()));
      }
    }
  }

  static final class RmsNorm extends Named<NormSettings> {
    RmsNorm() {
      super("rms-norm", NormSettings.class);
    }
  }

  static final class LayerNorm extends Named<LayerNormSettings> {
    LayerNorm() {
      super("layer-norm", LayerNormSettings.class);
    }
  }

  static final class Rope extends Named<RopeSettings> {
    Rope() {
      super("rope", RopeSettings.class);
    }
  }

  /** An optimizer of this type and these settings. */
  abstract static class NamedOptimizer<S extends Record> implements OptimizerProvider<S> {
    private final String type;
    private final Class<S> settings;

    NamedOptimizer(String type, Class<S> settings) {
      this.type = type;
      this.settings = settings;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public Class<S> settings() {
      return settings;
    }

    @Override
    public Optimizer create(S settings, OptimizerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  static final class AdamW extends NamedOptimizer<AdamSettings> {
    AdamW() {
      super("adamw", AdamSettings.class);
    }
  }

  static final class Sgd extends NamedOptimizer<SgdSettings> {
    Sgd() {
      super("sgd", SgdSettings.class);
    }
  }
}
