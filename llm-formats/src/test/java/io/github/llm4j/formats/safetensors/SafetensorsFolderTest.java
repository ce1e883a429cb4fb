package io.github.llm4j.formats.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFolderTest {
  private static final String INDEX =
      "{'metadata':{'total_size':12},'weight_map':{'a':'one.safetensors','b':'one.safetensors',"
          + "'c':'two.safetensors'}}";

  private static final byte[] LIKELY =
      "01abc{}[]\",:/. \u00e9".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    NewTensor a = NewTensor.of("a", List.of(1L), new float[] {1});
    NewTensor b = NewTensor.of("b", List.of(1L), new float[] {2});
    SafetensorsWriter.write(folder.resolve("one.safetensors"), Map.of(), List.of(a, b));
    SafetensorsWriter.write(
        folder.resolve("two.safetensors"),
        Map.of(),
        List.of(NewTensor.of("c", List.of(1L), new float[] {3})));
  }

  private void index(String text) throws IOException {
    Files.writeString(folder.resolve(SafetensorsFolder.INDEX), text.replace('\'', '"'));
  }

  @Test
  void readsShardsAsOne() throws IOException {
    index(INDEX);
    assertTrue(SafetensorsFolder.isIn(folder));
    try (SafetensorsFolder opened = SafetensorsFolder.open(folder)) {
      assertEquals(Set.of("a", "b", "c"), opened.names());
      assertArrayEquals(new float[] {2}, opened.file("b").floats("b"));
      assertArrayEquals(new float[] {3}, opened.file("c").floats("c"));
      assertEquals(List.of(1L), opened.tensor("a").shape());
      assertThrows(FormatException.class, () -> opened.file("d"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|expected an object",
        "{'weight_map':7}|an object as weight_map",
        "{'metadata':{}}|a weight_map with tensors, found none",
        "{'weight_map':{}}|a weight_map with tensors, found none",
        "{'weight_map':{'a':1}}|the name of a file beside it for 'a'",
        "{'weight_map':{'a':'../one.safetensors'}}|the name of a file beside it",
        "{'weight_map':{'a':'/etc/passwd'}}|the name of a file beside it",
        "{'weight_map':{'a':''}}|the name of a file beside it",
        "{'weight_map':{'a':'three.safetensors'}}|expected the file three.safetensors",
        "{'weight_map':{'a':'one.safetensors'}}|found 'b' too",
        "{'weight_map':{'c':'two.safetensors','d':'two.safetensors'}}|expected 'd' in two",
        "{'weight_map':{'a':'one.safetensors','a':'one.safetensors'}}|Duplicate",
        "{'weight_map':{'a':'one.safetensors'|JSON",
        "{'weight_map':{'c':'two.safetensors'}} x|JSON",
        "{'weight_map':{'c':'two.safetensors'}} {}|nothing behind the object",
      })
  void refuses(String text, String part) throws IOException {
    index(text);
    String message =
        String.valueOf(
            assertThrows(FormatException.class, () -> SafetensorsFolder.open(folder)).getMessage());
    assertTrue(message.contains(part), message);
    assertTrue(message.contains(folder.toString()), message);
  }

  @Test
  void refusesAnIndexThatIsNoText() throws IOException {
    Files.write(folder.resolve(SafetensorsFolder.INDEX), new byte[] {'{', '"', (byte) 0xFF});
    String message =
        String.valueOf(
            assertThrows(FormatException.class, () -> SafetensorsFolder.open(folder)).getMessage());
    assertTrue(message.contains("UTF-8"), message);
  }

  @Test
  void anyChangeOfAnIndexIsReadOrRefusedByName() throws IOException {
    long seed = Long.getLong("llm4j.seed", 2);
    Random random = new Random(seed);
    byte[] valid = INDEX.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 500; i++) {
      byte[] changed = valid.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[random.nextInt(changed.length)] = LIKELY[random.nextInt(LIKELY.length)];
      }
      Files.write(folder.resolve(SafetensorsFolder.INDEX), changed);
      try (SafetensorsFolder opened = SafetensorsFolder.open(folder)) {
        assertTrue(opened.names().size() >= 1, "seed " + seed);
      } catch (FormatException e) {
        assertTrue(
            String.valueOf(e.getMessage()).contains(folder.toString()), "seed " + seed + ": " + e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
  }
}
