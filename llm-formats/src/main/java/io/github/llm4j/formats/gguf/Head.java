package io.github.llm4j.formats.gguf;

import io.github.llm4j.formats.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All of a file but its elements. */
final class Head {
  static final int MAGIC = 0x46554747; // "GGUF"
  static final int MAX_NAME = 65_535;
  static final int MAX_AXES = 4;
  static final String ALIGNMENT = "general.alignment";
  static final int DEFAULT_ALIGNMENT = 32;
  private static final int MAX_COUNT = 1_000_000;

  private final String file;
  private final Scan scan;
  int version;
  long alignment = DEFAULT_ALIGNMENT;
  Map<String, GgufValue> metadata = new LinkedHashMap<>();
  Map<String, GgufTensor> tensors = new LinkedHashMap<>();

  private Head(String file, MemorySegment all) {
    this.file = file;
    this.scan = new Scan(file, all, 0);
  }

  static Head read(String file, MemorySegment all) throws FormatException {
    Head head = new Head(file, all);
    head.start();
    long tensors = head.scan.count("tensors", 8 + 4 + 4 + 8);
    long values = head.scan.count("keys", 8 + 4 + 1);
    head.few(8, tensors, "tensors");
    head.few(16, values, "keys");
    for (long i = 0; i < values; i++) {
      head.value();
    }
    head.alignment = head.aligned();
    List<Placed> placed = new ArrayList<>();
    for (long i = 0; i < tensors; i++) {
      placed.add(head.tensor());
    }
    head.place(placed);
    head.metadata = Collections.unmodifiableMap(head.metadata);
    head.tensors = Collections.unmodifiableMap(head.tensors);
    return head;
  }

  private void start() throws FormatException {
    int magic = scan.left() < 4 ? 0 : scan.int32("'GGUF'");
    if (magic != MAGIC) {
      byte[] found =
          scan.bytes.asSlice(0, Math.min(scan.bytes.byteSize(), 12)).toArray(ValueLayout.JAVA_BYTE);
      String text = new String(found, StandardCharsets.ISO_8859_1);
      String hint =
          text.startsWith("version http")
              ? "; it is a pointer of Git LFS, not the file itself"
              : text.startsWith("tjgg") || text.startsWith("lmgg") || text.startsWith("fmgg")
                  ? "; it is of a format before GGUF"
                  : "";
      throw scan.wrong(0, "'GGUF'", Scan.shown(found) + hint);
    }
    version = scan.int32("a version");
    if (version != 2 && version != 3) {
      boolean big = (version & 0xFFFF) == 0 && version != 0;
      throw scan.wrong(
          4,
          "version 2 or 3, little-endian",
          big
              ? "version " + Integer.reverseBytes(version) + ", big-endian"
              : Integer.toUnsignedString(version));
    }
  }

  private void few(long at, long count, String what) throws FormatException {
    if (count > MAX_COUNT) {
      throw scan.wrong(at, "at most " + MAX_COUNT + " " + what, Long.toString(count));
    }
  }

  private void value() throws FormatException {
    long begin = scan.at;
    String key = scan.name("a key", MAX_NAME);
    String shown = shown(key);
    ValueType type = scan.valueType("a type of the value of " + shown);
    long from = scan.at;
    scan.skip(type, "the value of " + shown, 0);
    GgufValue value =
        new GgufValue(file + ": " + shown, type, scan.bytes.asSlice(from, scan.at - from), from);
    if (metadata.put(key, value) != null) {
      throw scan.wrong(begin, "each key once", shown + " again");
    }
  }

  private long aligned() throws FormatException {
    GgufValue value = metadata.get(ALIGNMENT);
    return value == null ? DEFAULT_ALIGNMENT : alignment(value);
  }

  /** What general.alignment says, checked: a power of two in 32 bits. */
  static long alignment(GgufValue value) throws FormatException {
    long alignment = value.whole();
    if (Long.bitCount(alignment) != 1 || alignment < 1 || alignment > 1 << 30) {
      throw value.wrong("a power of two up to 2^30", " " + alignment);
    }
    return alignment;
  }

  /** An info, whose offset counts from where the infos end. */
  private record Placed(GgufTensor tensor, long infoAt) {}

  private Placed tensor() throws FormatException {
    long begin = scan.at;
    String name = scan.name("a tensor's name", MAX_NAME);
    String shown = shown(name);
    int axes = scan.int32("the number of axes of " + shown);
    if (axes < 0 || axes > MAX_AXES) {
      throw scan.wrong(
          scan.at - 4, "at most " + MAX_AXES + " axes of " + shown, Integer.toUnsignedString(axes));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      shape.addFirst(scan.int64("a size of " + shown));
    }
    long typeAt = scan.at;
    int code = scan.int32("the type of " + shown);
    GgufType type = GgufType.of(code);
    if (type == null) {
      throw scan.wrong(
          typeAt,
          "a type of " + shown + " that is in use",
          "number " + Integer.toUnsignedString(code));
    }
    long bytes;
    try {
      bytes = type.bytes(shape);
    } catch (ArithmeticException e) {
      throw scan.wrong(
          begin,
          "a shape of " + shown + " that " + type + " can have",
          shape + ": " + e.getMessage());
    }
    long offset = scan.int64("the offset of " + shown);
    if (offset < 0 || offset % alignment != 0) {
      throw scan.wrong(
          scan.at - 8,
          "an offset of " + shown + " that is a multiple of " + alignment,
          Long.toUnsignedString(offset));
    }
    return new Placed(new GgufTensor(name, type, shape, offset, bytes), begin);
  }

  /** Turns offsets into places in the file, and holds that they are in it and apart. */
  private void place(List<Placed> placed) throws FormatException {
    long base = (scan.at + alignment - 1) / alignment * alignment;
    long size = scan.bytes.byteSize();
    for (Placed one : placed) {
      GgufTensor info = one.tensor;
      long begin = base + info.begin();
      if (begin < 0 || info.bytes() > size - begin) {
        throw scan.wrong(
            one.infoAt,
            "the %d bytes of %s inside the file of %d bytes"
                .formatted(info.bytes(), shown(info.name()), size),
            "them to begin at byte " + Long.toUnsignedString(begin) + "; the file is cut");
      }
      GgufTensor tensor =
          new GgufTensor(info.name(), info.type(), info.shape(), begin, info.bytes());
      if (tensors.put(info.name(), tensor) != null) {
        throw scan.wrong(one.infoAt, "each tensor once", shown(info.name()) + " again");
      }
    }
    GgufTensor last = null;
    for (GgufTensor next :
        tensors.values().stream()
            .filter(tensor -> tensor.bytes() > 0)
            .sorted(Comparator.comparingLong(GgufTensor::begin))
            .toList()) {
      if (last != null && next.begin() < last.end()) {
        throw scan.wrong(
            next.begin(),
            shown(next.name()) + " behind " + shown(last.name()) + ", which ends at " + last.end(),
            "them to overlap");
      }
      last = next;
    }
  }

  private static String shown(String name) {
    return Scan.shown(name.getBytes(StandardCharsets.UTF_8));
  }
}
