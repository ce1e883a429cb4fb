package io.github.llm4j.trainers.report;

import io.github.llm4j.trainers.data.ValidationText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What was measured as TensorBoard reads it: a record for each step and evaluation, with its
 * numbers by name. The file says again what {@code metrics.jsonl} says and is made from that, so no
 * step is in it twice however often a run was killed.
 *
 * <p>Formats: records as in TensorFlow's {@code record_writer.h}, events as in its {@code
 * event.proto} and {@code summary.proto}. Texts that the model wrote are not in it.
 */
public final class EventFile implements AutoCloseable {
  /** Name of the file in a run's folder; TensorBoard takes what has {@code tfevents} in it. */
  public static final String FILE = "events.out.tfevents.llm4j";

  private final double start;
  private final OutputStream out;

  /**
   * Writes what was measured so far, and goes on behind it. The file is written in place, because a
   * TensorBoard that looks at it keeps it open; what a kill leaves half is written again next time.
   *
   * @param start when the run began, in seconds since 1970
   * @throws IOException if it can't be written
   */
  public EventFile(Path path, double start, Metrics before) throws IOException {
    this.start = start;
    Map<Long, ByteArrayOutputStream> bySteps = new TreeMap<>();
    before.steps().forEach(s -> at(bySteps, s.at()).writeBytes(framed(event(s))));
    before.evaluations().forEach(e -> at(bySteps, e.at()).writeBytes(framed(event(e))));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(framed(new Message().real64(1, start).bytes(3, utf8("brain.Event:2"))));
    bySteps.values().forEach(records -> all.writeBytes(records.toByteArray()));
    this.out = Files.newOutputStream(path);
    try {
      out.write(all.toByteArray());
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  private static ByteArrayOutputStream at(
      Map<Long, ByteArrayOutputStream> bySteps, Metrics.Place place) {
    return bySteps.computeIfAbsent(place.step(), step -> new ByteArrayOutputStream());
  }

  /** Adds a step. */
  public void add(Metrics.Step step) throws IOException {
    out.write(framed(event(step)));
  }

  /** Adds an evaluation. */
  public void add(Metrics.Evaluation evaluation) throws IOException {
    out.write(framed(event(evaluation)));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private Message event(Metrics.Step step) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("train/loss", step.loss());
    numbers.put("train/lr", step.lr());
    numbers.put("train/gradient-norm", step.norm());
    numbers.put("train/tokens-per-second", step.tokensPerSecond());
    if (!Double.isNaN(step.share())) {
      numbers.put("train/share-of-ceiling", step.share());
    }
    return event(step.at(), numbers);
  }

  private Message event(Metrics.Evaluation evaluation) {
    String set = evaluation.set();
    String name = set.equals(ValidationText.MAIN) ? "" : "/" + set;
    return event(evaluation.at(), Map.of("validation/loss" + name, evaluation.loss()));
  }

  /** An event of {@code wall_time = 1, step = 2, summary = 5 { value = 1 }}. */
  private Message event(Metrics.Place at, Map<String, Double> numbers) {
    Message summary = new Message();
    numbers.forEach(
        (name, number) -> {
          Message value = new Message().bytes(1, utf8(name)).real32(2, number.floatValue());
          summary.bytes(1, value.toByteArray());
        });
    return new Message()
        .real64(1, start + at.elapsed())
        .varint(2, at.step())
        .bytes(5, summary.toByteArray());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Length, its checksum, the message, its checksum. */
  private static byte[] framed(Message message) {
    byte[] data = message.toByteArray();
    ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(checksum(record.array(), 8));
    record.put(data);
    record.putInt(checksum(data, data.length));
    return record.array();
  }

  /** CRC-32C, turned and moved, since a checksum of what holds checksums is a weak one. */
  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }

  /** A protocol buffer's fields one behind the other. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message real64(int field, double value) {
      return key(field, 1).fixed(Double.doubleToRawLongBits(value), 8);
    }

    Message real32(int field, float value) {
      return key(field, 5).fixed(Float.floatToRawIntBits(value), 4);
    }

    Message varint(int field, long value) {
      return key(field, 0).varint(value);
    }

    Message bytes(int field, byte[] value) {
      key(field, 2).varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }

    private Message key(int field, int wire) {
      return varint((long) field << 3 | wire);
    }

    private Message varint(long value) {
      long left = value;
      while (left >>> 7 != 0) {
        out.write((int) left | 0x80);
        left >>>= 7;
      }
      out.write((int) left);
      return this;
    }

    private Message fixed(long bits, int bytes) {
      for (int i = 0; i < bytes; i++) {
        out.write((int) (bits >>> (8 * i)));
      }
      return this;
    }
  }
}
