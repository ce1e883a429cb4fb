package io.github.llm4j.formats.gguf;

import io.github.llm4j.formats.FormatException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An array of a file's metadata, whose elements stay in the file until they are asked for. An
 * element of fixed size is found at once, another after at most {@value #STRIDE} steps from a place
 * that is noted; noting them takes one walk over the array, at the first {@link #get}.
 *
 * <p>Threading: safe from any thread until its file is closed.
 */
public final class GgufArray implements Iterable<GgufValue> {
  private static final int STRIDE = 64;
  private static final int HEAD = 12; // type and count

  private final String where;
  private final MemorySegment bytes;
  private final long offset;
  private final ValueType elementType;
  private final long size;
  private volatile long @Nullable [] places; // of each 64th element

  GgufArray(String where, MemorySegment bytes, long offset) throws FormatException {
    this.where = where;
    this.bytes = bytes;
    this.offset = offset;
    Scan scan = scan(0);
    this.elementType = scan.valueType("a type of elements");
    this.size = scan.count("elements", elementType.fewestBytes());
  }

  private Scan scan(long at) {
    Scan scan = new Scan(where, bytes, offset);
    scan.at = at;
    return scan;
  }

  /** What its elements are. */
  public ValueType elementType() {
    return elementType;
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  /**
   * An element.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public GgufValue get(long index) throws FormatException {
    java.util.Objects.checkIndex(index, size);
    if (elementType.bytes() > 0) {
      return next(scan(HEAD + index * elementType.bytes()));
    }
    Scan scan = scan(places()[(int) (index / STRIDE)]);
    for (long i = index % STRIDE; i > 0; i--) {
      scan.skip(elementType, "an element", 1);
    }
    return next(scan);
  }

  private GgufValue next(Scan scan) throws FormatException {
    long begin = scan.at;
    scan.skip(elementType, "an element", 1);
    return new GgufValue(where, elementType, bytes.asSlice(begin, scan.at - begin), offset + begin);
  }

  private long[] places() throws FormatException {
    long[] known = places;
    if (known == null) {
      known = new long[(int) ((size + STRIDE - 1) / STRIDE)];
      Scan scan = scan(HEAD);
      for (long i = 0; i < size; i++) {
        if (i % STRIDE == 0) {
          known[(int) (i / STRIDE)] = scan.at;
        }
        scan.skip(elementType, "an element", 1);
      }
      places = known;
    }
    return known;
  }

  /** All elements in order, in one walk. */
  @Override
  public Iterator<GgufValue> iterator() {
    Scan scan = scan(HEAD);
    return new Iterator<>() {
      private long done;

      @Override
      public boolean hasNext() {
        return done < size;
      }

      @Override
      public GgufValue next() {
        if (done == size) {
          throw new NoSuchElementException();
        }
        done++;
        try {
          return GgufArray.this.next(scan);
        } catch (FormatException e) {
          throw new IllegalStateException("the file was changed while it is open", e);
        }
      }
    };
  }

  /**
   * All elements as floats, wider ones rounded.
   *
   * @throws FormatException if they are no numbers, or more than an array holds
   */
  public float[] floats() throws FormatException {
    float[] values = new float[length()];
    int i = 0;
    for (GgufValue value : this) {
      values[i++] = (float) value.real();
    }
    return values;
  }

  /**
   * All elements as integers.
   *
   * @throws FormatException if they are no integers, or more than an array holds
   */
  public long[] longs() throws FormatException {
    long[] values = new long[length()];
    int i = 0;
    for (GgufValue value : this) {
      values[i++] = value.whole();
    }
    return values;
  }

  /**
   * All elements as strings.
   *
   * @throws FormatException if they are no strings, one isn't UTF-8, or more than a list holds
   */
  public List<String> texts() throws FormatException {
    if (elementType != ValueType.STRING) {
      throw wrong("strings", elementType.toString());
    }
    List<String> texts = new ArrayList<>(length());
    for (GgufValue value : this) {
      texts.add(value.text());
    }
    return texts;
  }

  private int length() throws FormatException {
    if (size > Integer.MAX_VALUE - 8) {
      throw wrong("elements that fit an array", Long.toString(size));
    }
    return (int) size;
  }

  private FormatException wrong(String expected, String found) {
    return new FormatException(
        "%s: byte %d: expected %s, found %s.".formatted(where, offset, expected, found));
  }

  /** Count and type: for people. */
  @Override
  public String toString() {
    return "[" + size + " " + elementType + "]";
  }
}
