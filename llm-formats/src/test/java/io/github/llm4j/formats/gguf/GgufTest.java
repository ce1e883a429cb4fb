package io.github.llm4j.formats.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.formats.FormatException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufTest {
  @TempDir Path folder;

  private GgufFile open(byte[] bytes) throws IOException {
    return GgufFile.open(Files.write(folder.resolve("x.gguf"), bytes));
  }

  private void refused(GgufBytes bytes, long at, String part) {
    String message =
        String.valueOf(assertThrows(FormatException.class, () -> open(bytes.bytes())).getMessage());
    assertTrue(message.contains("x.gguf: byte " + at + ": expected "), message);
    assertTrue(message.contains(part), message);
  }

  private static Map<String, GgufValue> metadata() {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.of("llama"));
    metadata.put("u8", GgufValue.of(ValueType.UINT8, 255));
    metadata.put("i8", GgufValue.of(ValueType.INT8, -128));
    metadata.put("u16", GgufValue.of(ValueType.UINT16, 65535));
    metadata.put("i16", GgufValue.of(ValueType.INT16, -32768));
    metadata.put("u32", GgufValue.of(ValueType.UINT32, 0xFFFF_FFFFL));
    metadata.put("i32", GgufValue.of(ValueType.INT32, Integer.MIN_VALUE));
    metadata.put("u64", GgufValue.of(ValueType.UINT64, Long.MAX_VALUE));
    metadata.put("i64", GgufValue.of(ValueType.INT64, Long.MIN_VALUE));
    metadata.put("f32", GgufValue.of(1e-5f));
    metadata.put("f64", GgufValue.of(1e-300));
    metadata.put("yes", GgufValue.of(true));
    metadata.put("no", GgufValue.of(false));
    metadata.put("odd", GgufValue.of(new byte[] {'a', (byte) 0xFF}));
    metadata.put("ids", GgufValue.of(new int[] {3, -1, 7}));
    metadata.put("scores", GgufValue.of(new float[] {0.5f, -2}));
    metadata.put("texts", GgufValue.ofTexts(List.of("", "\u00e4\ud83d\ude00", "c")));
    metadata.put("none", GgufValue.ofTexts(List.of()));
    metadata.put(
        "nested",
        GgufValue.array(
            ValueType.ARRAY,
            List.of(GgufValue.of(new int[] {1}), GgufValue.ofTexts(List.of("x", "yz")))));
    metadata.put("flags", GgufValue.array(ValueType.BOOL, List.of(GgufValue.of(true))));
    return metadata;
  }

  private static List<NewGgufTensor> tensors(Random random) {
    List<NewGgufTensor> tensors = new ArrayList<>();
    for (GgufType type : GgufType.values()) {
      byte[] data = new byte[3 * 2 * type.blockBytes()];
      random.nextBytes(data);
      List<Long> shape = List.of(3L, 2L * type.blockElements());
      tensors.add(new NewGgufTensor("blk." + type, type, shape, MemorySegment.ofArray(data)));
    }
    tensors.add(
        new NewGgufTensor(
            "none", GgufType.Q8_0, List.of(0L, 32L), MemorySegment.ofArray(new byte[0])));
    tensors.add(
        new NewGgufTensor("scalar", GgufType.I8, List.of(), MemorySegment.ofArray(new byte[] {5})));
    return tensors;
  }

  @Test
  void writesWhatItReads() throws IOException {
    List<NewGgufTensor> tensors = tensors(new Random(5));
    Path path = folder.resolve("model.gguf");
    GgufWriter.write(path, metadata(), tensors);
    byte[] once = Files.readAllBytes(path);
    assertEquals(0, once.length % 32);
    try (GgufFile file = GgufFile.open(path)) {
      assertEquals(3, file.version());
      assertEquals(32, file.alignment());
      assertEquals(List.copyOf(metadata().keySet()), List.copyOf(file.metadata().keySet()));
      assertEquals(
          tensors.stream().map(NewGgufTensor::name).toList(), List.copyOf(file.tensors().keySet()));
      for (NewGgufTensor tensor : tensors) {
        GgufTensor entry = file.tensor(tensor.name());
        assertEquals(tensor.type(), entry.type());
        assertEquals(tensor.shape(), entry.shape());
        assertEquals(0, entry.begin() % 32);
        byte[] given = new byte[(int) tensor.data().bytes()];
        tensor.data().copy(0, MemorySegment.ofArray(given));
        assertArrayEquals(given, file.data(tensor.name()).toArray(ValueLayout.JAVA_BYTE));
      }
      Path copy = folder.resolve("copy.gguf");
      GgufWriter.write(copy, file.metadata(), tensors);
      assertArrayEquals(once, Files.readAllBytes(copy), "what was read is written again");
      assertThrows(FormatException.class, () -> file.tensor("other"));
      assertThrows(FormatException.class, () -> file.value("other"));
      assertTrue(file.find("other").isEmpty());
    }
    try (var left = Files.list(folder)) {
      assertEquals(2, left.count(), "nothing temporary is left");
    }
  }

  @Test
  void givesEachTypeOfValue() throws IOException {
    Path path = folder.resolve("model.gguf");
    GgufWriter.write(path, metadata(), List.of());
    try (GgufFile file = GgufFile.open(path)) {
      assertEquals("llama", file.value("general.architecture").text());
      String[] wholes = {"u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64"};
      long[] values = new long[8];
      for (int i = 0; i < 8; i++) {
        values[i] = file.value(wholes[i]).whole();
      }
      assertArrayEquals(
          new long[] {
            255,
            -128,
            65535,
            -32768,
            0xFFFF_FFFFL,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE
          },
          values);
      assertEquals(1e-5f, (float) file.value("f32").real());
      assertEquals(1e-300, file.value("f64").real());
      assertEquals(255, file.value("u8").real());
      assertTrue(file.value("yes").flag());
      assertFalse(file.value("no").flag());
      assertArrayEquals(new byte[] {'a', -1}, file.value("odd").bytes());
      FormatException e = assertThrows(FormatException.class, () -> file.value("odd").text());
      assertTrue(String.valueOf(e.getMessage()).contains("UTF-8"), e.toString());
      assertArrayEquals(new long[] {3, -1, 7}, file.value("ids").array().longs());
      assertEquals(-1, file.value("ids").array().get(1).whole());
      assertArrayEquals(new float[] {0.5f, -2}, file.value("scores").array().floats());
      assertEquals(List.of("", "\u00e4\ud83d\ude00", "c"), file.value("texts").array().texts());
      assertEquals(0, file.value("none").array().size());
      GgufArray nested = file.value("nested").array();
      assertEquals(ValueType.ARRAY, nested.elementType());
      assertArrayEquals(new long[] {1}, nested.get(0).array().longs());
      assertEquals("yz", nested.get(1).array().get(1).text());
      assertThrows(IndexOutOfBoundsException.class, () -> nested.get(2));
      assertThrows(FormatException.class, () -> file.value("yes").whole());
      assertThrows(FormatException.class, () -> file.value("u8").text());
      assertThrows(FormatException.class, () -> file.value("u8").array());
      assertThrows(FormatException.class, () -> file.value("u8").flag());
      assertThrows(FormatException.class, () -> file.value("odd").real());
      assertThrows(FormatException.class, () -> file.value("ids").array().texts());
    }
  }

  @Test
  void findsAnyElementOfALargeArray() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      texts.add("t".repeat(i % 7) + i);
    }
    GgufArray array = GgufValue.ofTexts(texts).array();
    assertEquals(texts, array.texts());
    for (int i : new int[] {999, 0, 1, 63, 64, 65, 127, 128, 500, 998}) {
      assertEquals(texts.get(i), array.get(i).text());
    }
    assertThrows(IndexOutOfBoundsException.class, () -> array.get(1000));
    assertThrows(IndexOutOfBoundsException.class, () -> array.get(-1));
  }

  @Test
  void readsVersion2AndOtherAlignments() throws IOException {
    GgufBytes bytes =
        GgufBytes.head(2, 2, 1)
            .key("general.alignment", ValueType.UINT32)
            .int32(8)
            .tensor("b", 24, 8, 3, 2)
            .tensor("a", 0, 0, 1)
            .pad(8)
            .int32(Float.floatToIntBits(2.5f))
            .pad(8)
            .raw((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6);
    try (GgufFile file = open(bytes.bytes())) {
      assertEquals(2, file.version());
      assertEquals(8, file.alignment());
      assertEquals(List.of(2L, 3L), file.tensor("b").shape());
      assertArrayEquals(
          new byte[] {1, 2, 3, 4, 5, 6}, file.data("b").toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void refusesHeads() {
    refused(new GgufBytes(), 0, "'GGUF'");
    refused(new GgufBytes().raw("GGUF".getBytes(StandardCharsets.US_ASCII)), 4, "version");
    refused(new GgufBytes().raw("tjgg\1\0\0\0".getBytes(StandardCharsets.US_ASCII)), 0, "before");
    refused(
        new GgufBytes().raw("version https://git-lfs".getBytes(StandardCharsets.US_ASCII)),
        0,
        "LFS");
    refused(GgufBytes.head(1, 0, 0), 4, "found 1");
    refused(GgufBytes.head(4, 0, 0), 4, "found 4");
    refused(GgufBytes.head(0x03000000, 0, 0), 4, "version 3, big-endian");
    refused(GgufBytes.head(3, -1, 0), 8, "18446744073709551615");
    refused(GgufBytes.head(3, 1, 0), 8, "tensors");
    refused(GgufBytes.head(3, 0, Long.MAX_VALUE), 16, "at most 0");
    refused(GgufBytes.head(3, 0, 2_000_000).raw(new byte[26_000_000]), 16, "1000000 keys");
  }

  @Test
  void refusesValues() {
    GgufBytes key = GgufBytes.head(3, 0, 1).int64(1000).raw(new byte[100]);
    refused(key, 24, "a length of a key");
    refused(GgufBytes.head(3, 0, 1).int64(1).raw((byte) 0xFF).raw(new byte[9]), 32, "UTF-8");
    refused(GgufBytes.head(3, 0, 1).text("k").int32(13).raw(new byte[9]), 33, "from 0 to 12");
    refused(GgufBytes.head(3, 0, 1).key("k", ValueType.UINT64).int32(1), 37, "cut");
    refused(GgufBytes.head(3, 0, 1).key("k", ValueType.BOOL).raw((byte) 2), 37, "found 2");
    refused(GgufBytes.head(3, 0, 1).key("k", ValueType.STRING).int64(-5), 37, "value of 'k'");
    GgufBytes twice = GgufBytes.head(3, 0, 2);
    for (int i = 0; i < 2; i++) {
      twice.key("k", ValueType.UINT8).raw((byte) 1);
    }
    refused(twice, 38, "'k' again");
    for (long count : new long[] {2, -1, Long.MAX_VALUE, Long.MAX_VALUE / 8 + 1}) {
      for (ValueType type : ValueType.values()) {
        GgufBytes array = GgufBytes.head(3, 0, 1).key("k", ValueType.ARRAY).int32(type.code());
        refused(array.int64(count).raw(new byte[type.fewestBytes()]), 41, "value of 'k'");
      }
    }
    GgufBytes texts = GgufBytes.head(3, 0, 1).key("k", ValueType.ARRAY).int32(8).int64(2);
    refused(texts.text("abc").int64(1), 60, "a length of the value of 'k'");
    GgufBytes deep = GgufBytes.head(3, 0, 1).key("k", ValueType.ARRAY);
    for (int i = 0; i < 100_000; i++) {
      deep.int32(9).int64(1);
    }
    refused(deep, 37 + 16 * 12, "16 arrays");
    GgufBytes alignment = GgufBytes.head(3, 0, 1).key("general.alignment", ValueType.UINT32);
    String message =
        String.valueOf(
            assertThrows(FormatException.class, () -> open(alignment.int32(48).bytes()))
                .getMessage());
    assertTrue(
        message.endsWith("byte 53: expected a power of two up to 2^30, found UINT32 48."), message);
  }

  @Test
  void refusesTensors() {
    refused(GgufBytes.head(3, 1, 0).tensor("t", 0, 0, 1, 1, 1, 1, 1).pad(32), 33, "4 axes");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 42, 0, 1).raw(new byte[99]), 45, "number 42");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 4, 0, 1).raw(new byte[99]), 45, "number 4");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 0, 0, -1).raw(new byte[99]), 24, "below 0");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 8, 0, 33).raw(new byte[99]), 24, "multiple of 32");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 0, 0, 1L << 40, 1L << 40), 24, "overflow");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 28, 0, 1L << 60), 24, "overflow");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 0, 31, 1).raw(new byte[99]), 49, "multiple of 32");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 0, -32, 1).raw(new byte[99]), 49, "multiple");
    refused(GgufBytes.head(3, 1, 0).tensor("t", 0, 0, 9).pad(32).raw(new byte[35]), 24, "cut");
    refused(
        GgufBytes.head(3, 1, 0).tensor("t", 0, Long.MAX_VALUE - 31, 9).raw(new byte[99]),
        24,
        "cut");
    GgufBytes two = GgufBytes.head(3, 2, 0).tensor("a", 0, 0, 9).tensor("b", 0, 32, 1);
    refused(two.pad(32).raw(new byte[99]), 128, "overlap");
    GgufBytes same = GgufBytes.head(3, 2, 0).tensor("a", 0, 0, 1).tensor("a", 0, 32, 1);
    refused(same.pad(32).raw(new byte[99]), 57, "'a' again");
  }

  @Test
  void refusesToWriteWhatCannotBeRead() throws IOException {
    MemorySegment four = MemorySegment.ofArray(new byte[4]);
    NewGgufTensor tensor = new NewGgufTensor("a", GgufType.F32, List.of(1L), four);
    Path path = folder.resolve("model.gguf");
    GgufWriter.write(path, Map.of(), List.of(tensor));
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    assertThrows(wrong, () -> GgufWriter.write(path, Map.of(), List.of(tensor, tensor)));
    assertThrows(
        wrong,
        () -> GgufWriter.write(path, Map.of("k".repeat(65_536), GgufValue.of(1f)), List.of()));
    assertThrows(
        FormatException.class,
        () ->
            GgufWriter.write(
                path, Map.of("general.alignment", GgufValue.of(ValueType.UINT32, 3)), List.of()));
    assertThrows(wrong, () -> new NewGgufTensor("a", GgufType.F32, List.of(2L), four));
    assertThrows(wrong, () -> new NewGgufTensor("a", GgufType.Q8_0, List.of(4L), four));
    assertThrows(wrong, () -> new NewGgufTensor("a", GgufType.F32, List.of(-1L), four));
    assertThrows(wrong, () -> new NewGgufTensor("a".repeat(64), GgufType.F32, List.of(1L), four));
    assertThrows(
        wrong, () -> new NewGgufTensor("a", GgufType.F32, List.of(1L, 1L, 1L, 1L, 1L), four));
    assertThrows(wrong, () -> GgufValue.of(ValueType.UINT8, 256));
    assertThrows(wrong, () -> GgufValue.of(ValueType.INT32, 1L << 31));
    assertThrows(wrong, () -> GgufValue.of(ValueType.UINT64, -1));
    assertThrows(wrong, () -> GgufValue.of(ValueType.FLOAT32, 1));
    assertThrows(wrong, () -> GgufValue.array(ValueType.INT8, List.of(GgufValue.of(1f))));
    try (GgufFile file = GgufFile.open(path)) {
      assertEquals(1, file.tensors().size(), "the old file stays");
    }
  }

  @Test
  void anyChangeOfAFileIsReadOrRefusedByName() throws IOException {
    Path path = folder.resolve("valid.gguf");
    List<NewGgufTensor> few = tensors(new Random(5)).subList(0, 3);
    GgufWriter.write(path, metadata(), few);
    byte[] valid = Files.readAllBytes(path);
    int head = valid.length - 192; // not the elements, where nothing can be wrong
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] changed = valid.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[random.nextInt(head)] =
            (byte) (random.nextBoolean() ? random.nextInt(16) : random.nextInt(256));
      }
      if (random.nextInt(4) == 0) {
        changed = Arrays.copyOf(changed, random.nextInt(2 * changed.length));
      }
      try (GgufFile file = open(changed)) {
        touch(file);
        read++;
      } catch (FormatException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("x.gguf"), "seed " + seed + ": " + e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
    assertTrue(read > 100, "read " + read);
  }

  /** Asks for all that a file has. */
  private static void touch(GgufFile file) throws IOException {
    for (GgufTensor tensor : file.tensors().values()) {
      assertEquals(tensor.bytes(), file.data(tensor.name()).toArray(ValueLayout.JAVA_BYTE).length);
    }
    List<GgufValue> values = new ArrayList<>(file.metadata().values());
    while (!values.isEmpty()) {
      GgufValue value = values.removeLast();
      assertFalse(value.toString().isEmpty());
      if (value.type() == ValueType.ARRAY) {
        int i = 0;
        for (GgufValue element : value.array()) {
          assertEquals(element.toString(), value.array().get(i++).toString());
          values.add(element);
        }
      } else if (value.type() == ValueType.STRING) {
        value.bytes();
      }
    }
  }
}
