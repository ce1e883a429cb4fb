package io.github.llm4j.tasks.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.backend.cpu.ReferenceBackendProvider;
import io.github.llm4j.backend.cpu.ReferenceSettings;
import io.github.llm4j.layers.AttentionProvider;
import io.github.llm4j.layers.DecoderProvider;
import io.github.llm4j.layers.LayerNormProvider;
import io.github.llm4j.layers.LearnedPositionProvider;
import io.github.llm4j.layers.MlpProvider;
import io.github.llm4j.layers.NoPositionProvider;
import io.github.llm4j.layers.RmsNormProvider;
import io.github.llm4j.layers.RopeProvider;
import io.github.llm4j.layers.SwigluProvider;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.List;

/** Components and the reference backend, to build models of HOCON and to compute with. */
final class Bench implements AutoCloseable {
  final Registry registry =
      Registry.of(
          List.of(
              new Kind("assembly", AssemblyProvider.class), new Kind("layer", LayerProvider.class)),
          List.of(
              new DecoderProvider(),
              new AttentionProvider(),
              new LayerNormProvider(),
              new RmsNormProvider(),
              new LearnedPositionProvider(),
              new NoPositionProvider(),
              new RopeProvider(),
              new MlpProvider(),
              new SwigluProvider(),
              new GateProvider()));
  private final WorkerPool pool = new WorkerPool(1);
  final Backend backend =
      new ReferenceBackendProvider()
          .create(new ReferenceSettings(), new BackendContext(pool, List.of()));

  private record Only(ComponentSpec<Assembly> model) {}

  ComponentSpec<Assembly> spec(String hocon) {
    ConfigSource source = ConfigSource.text("test", "model {" + hocon + "}");
    return new Binder(registry).bind(Only.class, source).settings().model();
  }

  Model model(String hocon, int vocabSize, long seed) {
    return Model.build(spec(hocon), vocabSize, ModelOptions.of(seed, Precision.F32), backend);
  }

  /** The same parameters with the same bits. */
  static void same(Model expected, Model found) {
    List<Parameter> learned = expected.parameters().learned();
    assertEquals(
        learned.stream().map(Parameter::path).toList(),
        found.parameters().learned().stream().map(Parameter::path).toList());
    for (Parameter p : learned) {
      assertArrayEquals(
          expected.parameters().read(p.path()), found.parameters().read(p.path()), p.path());
    }
  }

  @Override
  public void close() {
    backend.close();
    pool.close();
  }
}
