package io.github.llm4j.trainers.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.formats.safetensors.NewTensor;
import io.github.llm4j.formats.safetensors.SafetensorsWriter;
import io.github.llm4j.runtime.composition.AutoBackend;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.model.WeightsFile;
import io.github.llm4j.runtime.plugin.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  @TempDir Path folder;
  private final Registry registry = Pretraining.registry(WeightsFileTest.class.getClassLoader());

  private record Only(
      io.github.llm4j.api.component.ComponentSpec<io.github.llm4j.api.layer.Assembly> model) {}

  private Model model(Workplace workplace, long seed, Precision precision) {
    String text =
        "model { type = decoder, layers = 1, d-model = 8, context-length = 4,"
            + " block.attention.heads = 2 }";
    Only only = new Binder(registry).bind(Only.class, ConfigSource.text("test", text)).settings();
    return Model.build(only.model(), 5, ModelOptions.of(seed, precision), workplace.backend());
  }

  @Test
  void whatIsSavedIsLoadedInAnyPrecision() {
    Path file = folder.resolve("deep").resolve("model.safetensors");
    try (Workplace workplace = Workplace.open(registry, AutoBackend.spec(), OptionalInt.of(1))) {
      Model first = model(workplace, 1, Precision.F32);
      WeightsFile.save(first, file);
      for (Precision precision : new Precision[] {Precision.F32, Precision.BF16}) {
        Model second = model(workplace, 2, precision);
        WeightsFile.load(second, file);
        first
            .parameters()
            .learned()
            .forEach(
                p ->
                    assertArrayEquals(
                        first.parameters().read(p.path()), second.parameters().read(p.path())));
      }
    }
  }

  @Test
  void whatIsMissingOrOfAnotherShapeIsNamed() throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (Workplace workplace = Workplace.open(registry, AutoBackend.spec(), OptionalInt.of(1))) {
      Model model = model(workplace, 1, Precision.F32);
      SafetensorsWriter.write(
          file, Map.of(), List.of(NewTensor.of("x", List.of(1L), new float[1])));
      LlmException e = assertThrows(LlmException.class, () -> WeightsFile.load(model, file));
      assertEquals(2, e.kind().exitCode());
      assertTrue(e.getMessage().contains("none for [blocks.0."), e.getMessage());
      assertTrue(e.getMessage().contains(", also [x]"), e.getMessage());
      Files.writeString(file, "no weights");
      e = assertThrows(LlmException.class, () -> WeightsFile.load(model, file));
      assertEquals(2, e.kind().exitCode());
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }
  }
}
