package io.github.llm4j.formats.charsmap;

import io.github.llm4j.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rules that replace byte strings: 4 bytes of length, a double-array trie of so many bytes, then
 * the replacements, each ended by a zero byte.
 *
 * <p>The trie is darts-clone's. A unit is 32 bits; a node's children lie at {@code base ^ byte},
 * where {@code base} is the node's place xor its offset:
 *
 * <pre>
 * bits 0-7 and 31   the byte that leads here; bit 31 marks a value, which is never led to
 * bit 8             the node has a value, at its base
 * bits 9-30         offset: bits 10-30, times 256 if bit 9 is set
 * </pre>
 *
 * <p>All units are checked when it is read: no child and no value lies outside, no replacement is
 * longer than {@value #MAX_REPLACEMENT} bytes. A look-up takes at most one step for each byte of
 * the text, whatever the units are, and allocates nothing. Immutable.
 *
 * <p>Source: github.com/s-yata/darts-clone; SentencePiece's src/normalizer.cc for the frame.
 */
public final class Charsmap {
  static final int LEAF = 1 << 31;
  static final int MAX_REPLACEMENT = 1024;
  private static final int HEAD = 4;
  private static final int MAX_NODES = 1 << 20;

  private final int[] units;
  private final byte[] replacements;

  private Charsmap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /**
   * Reads compiled rules. Linear in their bytes.
   *
   * @param where what messages call them
   * @throws FormatException if they aren't valid
   */
  public static Charsmap parse(String where, byte[] blob) throws FormatException {
    ByteBuffer in = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
    long length = blob.length < HEAD ? -1 : Integer.toUnsignedLong(in.getInt());
    // what SentencePiece asks for: whole blocks of 256 units, and at least one replacement
    if (length < 1024 || length % 1024 != 0 || length >= blob.length - HEAD) {
      throw wrong(
          where,
          0,
          "a trie's length, a multiple of 1024 that leaves something of " + blob.length + " bytes",
          length < 0 ? "the end" : Long.toString(length));
    }
    int[] units = new int[(int) length / 4];
    IntBuffer ints = in.slice(HEAD, (int) length).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    ints.get(units);
    byte[] replacements = Arrays.copyOfRange(blob, HEAD + (int) length, blob.length);
    if (replacements[replacements.length - 1] != 0) {
      throw wrong(where, blob.length - 1, "a zero byte behind the last replacement", "another");
    }
    check(where, units, replacements);
    return new Charsmap(units, replacements);
  }

  private static void check(String where, int[] units, byte[] replacements) throws FormatException {
    int[] ends = new int[replacements.length];
    for (int i = replacements.length - 1; i >= 0; i--) {
      ends[i] = replacements[i] == 0 ? i : ends[i + 1];
    }
    if (label(units[0]) != 0 || leaf(units[0]) || offset(units[0]) == 0) {
      throw wrong(where, HEAD, "a root with children", Integer.toHexString(units[0]));
    }
    for (int i = 0; i < units.length; i++) {
      int unit = units[i];
      long at = HEAD + 4L * i;
      if (unit < 0) {
        int value = unit & ~LEAF;
        if (value >= ends.length || ends[value] - value > MAX_REPLACEMENT) {
          throw wrong(
              where,
              at,
              "the place of a replacement of at most "
                  + MAX_REPLACEMENT
                  + " bytes among "
                  + ends.length,
              Integer.toString(value));
        }
      } else {
        int base = i ^ offset(unit);
        if ((base | 0xFF) >= units.length || leaf(unit) && units[base] >= 0) {
          throw wrong(
              where,
              at,
              "children among " + units.length + " units, and a value where one is said to be",
              "base " + base);
        }
      }
    }
  }

  private static FormatException wrong(String where, long at, String expected, String found) {
    return new FormatException(
        "%s: byte %d: expected %s, found %s.".formatted(where, at, expected, found));
  }

  private static int label(int unit) {
    return unit & (LEAF | 0xFF);
  }

  private static boolean leaf(int unit) {
    return (unit & 0x100) != 0;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 0x200) >>> 6);
  }

  /**
   * The longest source of a rule that a text begins with.
   *
   * @param text bytes, in UTF-8 as a rule
   * @param from where it begins
   * @param to where it ends
   * @return length of the source and place of its replacement, for {@link #length}, {@link #begin}
   *     and {@link #end}; -1 if no rule applies
   */
  public long longest(byte[] text, int from, int to) {
    long found = -1;
    int base = offset(units[0]);
    for (int i = from; i < to; i++) {
      int label = text[i] & 0xFF;
      int place = base ^ label;
      int unit = units[place];
      if (label(unit) != label) {
        break;
      }
      base = place ^ offset(unit);
      if (leaf(unit)) {
        found = (long) (i + 1 - from) << 32 | units[base] & ~LEAF;
      }
    }
    return found;
  }

  /** How many bytes of the text a match replaces. */
  public static int length(long match) {
    return (int) (match >>> 32);
  }

  /** Where the replacement begins in {@link #replacements}. */
  public static int begin(long match) {
    return (int) match;
  }

  /** Where the replacement ends in {@link #replacements}; time linear in its length. */
  public int end(long match) {
    int end = begin(match);
    while (replacements[end] != 0) {
      end++;
    }
    return end;
  }

  /** The bytes of all replacements. Not to be changed. */
  public byte[] replacements() {
    return replacements;
  }

  /**
   * All rules.
   *
   * @throws FormatException if a source or a replacement isn't UTF-8, or there are too many: units
   *     may lie so that few of them spell many rules, or endless ones
   */
  public NavigableMap<String, String> rules() throws FormatException {
    NavigableMap<String, String> rules = new TreeMap<>();
    record Place(int unit, byte[] source) {}
    Deque<Place> open = new ArrayDeque<>();
    open.push(new Place(0, new byte[0]));
    int nodes = 0;
    long bytes = 0;
    while (!open.isEmpty()) {
      Place place = open.pop();
      int unit = units[place.unit];
      int base = place.unit ^ offset(unit);
      if (leaf(unit)) {
        int match = units[base] & ~LEAF;
        byte[] target = Arrays.copyOfRange(replacements, match, end(match));
        rules.put(text(place.source), text(target));
      }
      for (int label = 1; label < 256; label++) {
        if (label(units[base ^ label]) == label) {
          byte[] source = Arrays.copyOf(place.source, place.source.length + 1);
          source[source.length - 1] = (byte) label;
          open.push(new Place(base ^ label, source));
          nodes++;
          bytes += source.length;
        }
      }
      if (nodes > MAX_NODES || bytes > 64L * MAX_NODES) {
        throw new FormatException("charsmap: expected rules of at most 2^20 nodes, found more.");
      }
    }
    return rules;
  }

  private static String text(byte[] bytes) throws FormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("charsmap: expected rules in UTF-8, found other bytes.", e);
    }
  }

  /**
   * Makes the bytes of rules, as a model carries them. The same rules give the same bytes. Parts of
   * the trie that are alike are kept once.
   *
   * @param rules sources and their replacements, which may be empty
   * @throws IllegalArgumentException if there are none, a source is empty, one of them has a zero
   *     character or half of a pair, a replacement is longer than {@value #MAX_REPLACEMENT} bytes,
   *     a source begins with 31 others, or they take more than 2^21 units
   */
  public static byte[] compile(Map<String, String> rules) {
    return new CharsmapBuilder(rules).toBytes();
  }
}
