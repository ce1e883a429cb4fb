package io.github.llm4j.trainers.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.trainers.report.Metrics;
import io.github.llm4j.trainers.report.RunRecord;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads events with a reader of its own, written from the formats' descriptions. */
class EventsTest {
  private static final String FILE = "events.out.tfevents.llm4j";

  @TempDir Path folder;

  /** An event. */
  private record Event(double time, long step, String version, Map<String, Float> numbers) {}

  @Test
  void theReaderKnowsTheChecksum() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xE3069283, crc32c(digits)); // RFC 3720, and every catalogue of checksums
    assertEquals(0x8A9136AA, crc32c(new byte[32])); // RFC 3720, B.4
  }

  @Test
  void aRunsEventsSayWhatItsMetricsSay() throws IOException {
    TinyRun run = new TinyRun(folder);
    run.write();
    Path result = run.train(Earlier.KEEP, new RunListener() {}, () -> false).folder();
    List<Event> events = events(Files.readAllBytes(result.resolve(FILE)));
    assertEquals("brain.Event:2", events.get(0).version);
    assertSame(Metrics.read(result.resolve("metrics.jsonl")), events);
    double begun =
        Instant.parse(RunRecord.read(result).sessions().get(0).started()).getEpochSecond();
    for (Event event : events) {
      assertTrue(event.time >= begun && event.time < begun + 600, event.toString());
    }
  }

  @Test
  void aRunThatIsInterruptedHasEachStepOnce() throws IOException {
    TinyRun run = new TinyRun(folder);
    run.write();
    int[] asked = {0};
    Path result =
        run.train(
                Earlier.KEEP,
                new RunListener() {},
                () -> ++asked[0] > 26,
                "trainer.checkpoint.every=3")
            .folder();
    Path file = result.resolve(FILE);
    byte[] stopped = Files.readAllBytes(file);
    assertSame(Metrics.read(result.resolve("metrics.jsonl")), events(stopped));
    // as a kill leaves them: steps that no checkpoint has, and the last one cut off
    Files.writeString(
        result.resolve("metrics.jsonl"),
        Files.readString(result.resolve("metrics.jsonl"))
            + "{\"step\":11,\"loss\":9.5,\"tokens\":528,\"elapsed\":1.5}\n{\"step\":1");
    Files.write(file, Arrays.copyOf(stopped, stopped.length - 5));
    run.train(Earlier.RESUME, new RunListener() {}, () -> false);
    List<Event> events = events(Files.readAllBytes(file));
    assertSame(Metrics.read(result.resolve("metrics.jsonl")), events);
    assertEquals(12, events.stream().filter(e -> e.numbers.containsKey("train/loss")).count());
    for (int i = 1; i < events.size(); i++) {
      assertTrue(events.get(i).step >= events.get(i - 1).step, events.toString());
    }
    Files.delete(file); // a run of an earlier version has none
    run.train(Earlier.RESUME, new RunListener() {}, () -> false, "trainer.steps=12");
    assertSame(Metrics.read(result.resolve("metrics.jsonl")), events(Files.readAllBytes(file)));
    run.train(Earlier.OVERWRITE, new RunListener() {}, () -> false, "trainer.steps=2");
    assertEquals(1 + 2 + 1, events(Files.readAllBytes(file)).size());
  }

  @Test
  void otherSetsHaveNamesOfTheirOwn() throws IOException {
    TinyRun run = new TinyRun(folder);
    run.write();
    Path result =
        run.train(
                Earlier.KEEP,
                new RunListener() {},
                () -> false,
                "trainer.steps=1",
                "data.validation.also.other=" + folder.resolve("text.txt"))
            .folder();
    List<String> names =
        events(Files.readAllBytes(result.resolve(FILE))).stream()
            .flatMap(e -> e.numbers.keySet().stream())
            .filter(n -> n.startsWith("validation/"))
            .toList();
    assertEquals(List.of("validation/loss", "validation/loss/other"), names);
  }

  private static void assertSame(Metrics metrics, List<Event> events) {
    List<String> expected = new ArrayList<>();
    for (Metrics.Step step : metrics.steps()) {
      long at = step.at().step();
      expected.add(at + " train/loss " + (float) step.loss());
      expected.add(at + " train/lr " + (float) step.lr());
      expected.add(at + " train/gradient-norm " + (float) step.norm());
    }
    for (Metrics.Evaluation evaluation : metrics.evaluations()) {
      expected.add(evaluation.at().step() + " validation/loss " + (float) evaluation.loss());
    }
    List<String> found = new ArrayList<>();
    for (Event event : events) {
      event.numbers.forEach(
          (name, number) -> {
            if (!name.equals("train/tokens-per-second") && !name.equals("train/share-of-ceiling")) {
              found.add(event.step + " " + name + " " + number);
            }
          });
      assertEquals(
          event.numbers.containsKey("train/loss"),
          event.numbers.containsKey("train/tokens-per-second"));
    }
    assertEquals(expected.stream().sorted().toList(), found.stream().sorted().toList());
  }

  private static List<Event> events(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertEquals(masked(length), in.getInt());
      byte[] data =
          new byte
              [Math.toIntExact(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
      in.get(data);
      assertEquals(masked(data), in.getInt());
      events.add(event(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return events;
  }

  private static Event event(ByteBuffer in) {
    double time = Double.NaN;
    long step = 0;
    String version = "";
    Map<String, Float> numbers = new TreeMap<>();
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      switch (key) {
        case 1 << 3 | 1 -> time = in.getDouble();
        case 2 << 3 -> step = varint(in);
        case 3 << 3 | 2 -> version = text(part(in));
        case 5 << 3 | 2 -> summary(part(in), numbers);
        default -> throw new AssertionError("field " + (key >>> 3) + ", type " + (key & 7));
      }
    }
    return new Event(time, step, version, numbers);
  }

  private static void summary(ByteBuffer in, Map<String, Float> numbers) {
    while (in.hasRemaining()) {
      assertEquals(1 << 3 | 2, varint(in));
      ByteBuffer value = part(in);
      assertEquals(1 << 3 | 2, varint(value));
      String name = text(part(value));
      assertEquals(2 << 3 | 5, varint(value));
      numbers.put(name, value.getFloat());
      assertEquals(0, value.remaining());
    }
  }

  private static ByteBuffer part(ByteBuffer in) {
    int length = Math.toIntExact(varint(in));
    ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return part;
  }

  private static String text(ByteBuffer in) {
    return StandardCharsets.UTF_8.decode(in).toString();
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static int masked(byte[] data) {
    int crc = crc32c(data);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  /** Bit by bit, by the polynomial of Castagnoli. */
  private static int crc32c(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
      }
    }
    return ~crc;
  }
}
