package io.github.llm4j.formats.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.llm4j.formats.FormatException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;
  private int files;

  private static byte[] file(String header, int elements) {
    return file(header.getBytes(StandardCharsets.UTF_8), elements);
  }

  private static byte[] file(byte[] json, int elements) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + elements);
    return bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array();
  }

  private SafetensorsFile open(byte[] bytes) throws IOException {
    Path path = folder.resolve("x" + files++ + ".safetensors");
    Files.write(path, bytes);
    return SafetensorsFile.open(path);
  }

  private void refused(byte[] bytes, String part) {
    String message =
        String.valueOf(assertThrows(FormatException.class, () -> open(bytes)).getMessage());
    assertTrue(message.contains(part), message);
    assertTrue(message.contains(".safetensors"), message);
  }

  @Test
  void writesWhatItReads() throws IOException {
    Random random = new Random(41);
    List<NewTensor> tensors = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      byte[] data = new byte[type.bits() * 3]; // [8, 3] elements are whole bytes in each type
      random.nextBytes(data);
      String name = "layer.\u00e4\"\\" + type;
      tensors.add(new NewTensor(name, type, List.of(8L, 3L), MemorySegment.ofArray(data)));
    }
    tensors.add(NewTensor.of("none", List.of(0L, 7L), new float[0]));
    tensors.add(NewTensor.of("scalar", List.of(), new float[] {2.5f}));
    Path path = folder.resolve("model.safetensors");
    SafetensorsWriter.write(path, Map.of("format", "pt"), tensors);
    byte[] once = Files.readAllBytes(path);
    SafetensorsWriter.write(path, Map.of("format", "pt"), tensors.reversed());
    assertArrayEquals(once, Files.readAllBytes(path), "the order that is given doesn't matter");
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("format", "pt"), file.metadata());
      assertEquals(tensors.size(), file.tensors().size());
      for (NewTensor tensor : tensors) {
        TensorEntry entry = file.tensor(tensor.name());
        assertEquals(tensor.type(), entry.type());
        assertEquals(tensor.shape(), entry.shape());
        byte[] given = new byte[Math.toIntExact(tensor.data().bytes())];
        tensor.data().copy(0, MemorySegment.ofArray(given));
        assertEquals(
            -1, file.data(tensor.name()).mismatch(MemorySegment.ofArray(given)), tensor.name());
      }
      assertArrayEquals(new float[] {2.5f}, file.floats("scalar"));
      assertThrows(FormatException.class, () -> file.tensor("other"));
      assertThrows(FormatException.class, () -> file.longs("scalar"));
    }
    try (var left = Files.list(folder)) {
      assertEquals(List.of(path), left.toList(), "nothing temporary is left");
    }
  }

  @Test
  void othersMayReadWhatTheyMayReadOfAnyFile() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.txt"), "text");
    assumeTrue(
        Files.getFileStore(plain).supportsFileAttributeView("posix"), "needs rights of POSIX");
    Path path = folder.resolve("model.safetensors");
    SafetensorsWriter.write(
        path, Map.of(), List.of(NewTensor.of("a", List.of(1L), new float[] {1})));
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(path));
  }

  @Test
  void keepsTheOldFileIfTheNewOneCannotBeWritten() throws IOException {
    Path path = folder.resolve("model.safetensors");
    NewTensor tensor = NewTensor.of("a", List.of(1L), new float[] {1});
    SafetensorsWriter.write(path, Map.of(), List.of(tensor));
    assertThrows(
        IllegalArgumentException.class,
        () -> SafetensorsWriter.write(path, Map.of(), List.of(tensor, tensor)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NewTensor("a", ElementType.F32, List.of(2L), MemorySegment.ofArray(new byte[4])));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertArrayEquals(new float[] {1}, file.floats("a"));
    }
  }

  @Test
  void convertsElements() throws IOException {
    String entry = "'%s':{'dtype':'%s','shape':[2],'data_offsets':[%d,%d]}";
    String header =
        "{"
            + entry.formatted("h", "F16", 0, 4)
            + ","
            + entry.formatted("b", "BF16", 4, 8)
            + ","
            + entry.formatted("i", "I16", 8, 12)
            + "}";
    byte[] bytes = file(header.replace('\'', '"'), 12);
    byte[] data = {0, 0x3C, 0, (byte) 0xC0};
    for (int i = 0; i < 3; i++) {
      System.arraycopy(data, 0, bytes, bytes.length - 12 + 4 * i, 4);
    }
    try (SafetensorsFile file = open(bytes)) {
      assertArrayEquals(new float[] {1, -2}, file.floats("h"));
      assertArrayEquals(new float[] {0.0078125f, -2}, file.floats("b"));
      assertArrayEquals(new long[] {0x3C00, -0x4000}, file.longs("i"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|0|begins with '{'",
        "{|0|JSON",
        "{} x|0|JSON",
        "{} {}|0|spaces behind",
        "{'a':1}|0|an object for 'a'",
        "{'a':{}}|0|data_offsets",
        "{'a':{'dtype':'F32','data_offsets':[0,0]}}|0|shape",
        "{'a':{'shape':[0],'data_offsets':[0,0]}}|0|dtype",
        "{'a':{'dtype':'F31','shape':[1],'data_offsets':[0,4]}}|4|'F31'",
        "{'a':{'dtype':7,'shape':[1],'data_offsets':[0,4]}}|4|dtype",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}}|4|two data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}|4|two data_offsets",
        "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}}|4|whole numbers",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|4|whole numbers",
        "{'a':{'dtype':'F32','shape':[[1]],'data_offsets':[0,4]}}|4|whole numbers",
        "{'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}}|4|a list",
        "{'a':{'dtype':'F32','shape':[18446744073709551615],'data_offsets':[0,4]}}|4|whole",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}|4|begin at byte 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|expected 8 bytes",
        "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,1]}}|1|whole bytes",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|3|cut",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|5|appended",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[1,5]}}|5|begin at byte 0",
        "{'a':{'dtype':'U8','shape':[4611686018427387904,4,0],'data_offsets':[0,0]}}|0|counted",
        "{'a':{'dtype':'F64','shape':[1152921504606846976],'data_offsets':[0,0]}}|0|counted",
        "{'__metadata__':{'a':1}}|0|metadata 'a'",
        "{'__metadata__':{'a':'1','a':'2'}}|0|Duplicate",
      })
  void refuses(String header, int elements, String part) {
    refused(file(header.replace('\'', '"'), elements), part);
  }

  @Test
  void refusesOverlapsGapsAndNamesThatComeTwice() throws IOException {
    String a = "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}";
    String b = "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[%d,%d]}";
    open(file("{" + b.formatted(4, 8) + "," + a + "} \n ", 8)).close();
    refused(file("{" + a + "," + b.formatted(3, 7) + "}", 7), "tensor 'b'");
    refused(file("{" + a + "," + b.formatted(0, 4) + "}", 4), "begin at byte 4");
    refused(file("{" + a + "," + b.formatted(5, 9) + "}", 9), "begin at byte 4");
    refused(file("{" + a + "," + a + "}", 4), "Duplicate");
  }

  @Test
  void refusesHeaderLengthsAndDepth() {
    refused(new byte[7], "8 bytes");
    refused(new byte[0], "8 bytes");
    for (long length : new long[] {1, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      refused(bytes.array(), "length of " + Long.toUnsignedString(length));
    }
    refused(file(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}, 0), "UTF-8");
    refused(file("{\"a\":{\"x\":" + "[".repeat(50_000) + "}", 0), "nesting");
    refused(file("{\"a\":{\"x\":" + "9".repeat(50_000) + "}}", 0), "Number");
  }

  @Test
  void anyChangeOfAFileIsReadOrRefusedByName() throws IOException {
    Path path = folder.resolve("valid.safetensors");
    SafetensorsWriter.write(
        path,
        Map.of("format", "pt"),
        List.of(
            NewTensor.of("a.weight", List.of(2L, 3L), new float[6]),
            NewTensor.of("a.bias", List.of(3L), new float[3])));
    byte[] valid = Files.readAllBytes(path);
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    byte[] likely = "0123456789{}[]\",:- eE.\\".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 3000; i++) {
      byte[] changed = valid.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[random.nextInt(changed.length)] =
            random.nextBoolean()
                ? likely[random.nextInt(likely.length)]
                : (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        changed = Arrays.copyOf(changed, random.nextInt(2 * changed.length));
      }
      files = 0; // one file again and again
      try (SafetensorsFile file = open(changed)) {
        for (TensorEntry entry : file.tensors().values()) {
          byte[] bytes = file.data(entry.name()).toArray(ValueLayout.JAVA_BYTE);
          assertEquals(entry.elements() * entry.type().bits(), 8L * bytes.length, "seed " + seed);
        }
      } catch (FormatException e) {
        assertTrue(
            String.valueOf(e.getMessage()).contains("x0.safetensors"), "seed " + seed + ": " + e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
  }
}
