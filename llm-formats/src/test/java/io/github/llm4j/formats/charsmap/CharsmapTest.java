package io.github.llm4j.formats.charsmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CharsmapTest {
  /** What a text becomes: the longest rule at each place, else the character as it is. */
  static String apply(Charsmap map, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; ) {
      long match = map.longest(bytes, at, bytes.length);
      if (match >= 0) {
        out.write(
            map.replacements(), Charsmap.begin(match), map.end(match) - Charsmap.begin(match));
        at += Charsmap.length(match);
      } else {
        do {
          out.write(bytes[at++]);
        } while (at < bytes.length && (bytes[at] & 0xC0) == 0x80);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void replacesTheLongestSource() throws FormatException {
    Charsmap map =
        Charsmap.parse(
            "x",
            Charsmap.compile(
                Map.of(
                    "a",
                    "1",
                    "ab",
                    "2",
                    "abcd",
                    "4",
                    "\u00e4",
                    "ae",
                    "\ud83d\ude00",
                    "",
                    "b",
                    "1")));
    assertEquals("1", apply(map, "a"));
    assertEquals("2", apply(map, "ab"));
    assertEquals("2c", apply(map, "abc"));
    assertEquals("4", apply(map, "abcd"));
    assertEquals("x411\u00e5", apply(map, "xabcdab\u00e5".replace("ab\u00e5", "ba\u00e5")));
    assertEquals("ae\u2581z", apply(map, "\u00e4\u2581\ud83d\ude00z"));
    assertEquals(-1, map.longest(new byte[] {'x', 'a'}, 0, 2));
    assertEquals(-1, map.longest(new byte[] {'x', 'a'}, 2, 2));
    assertEquals(-1, map.longest(new byte[] {0, 'a'}, 0, 2));
    assertEquals(1, Charsmap.length(map.longest("xabcd".getBytes(StandardCharsets.UTF_8), 1, 2)));
  }

  @Test
  void anyRulesComeBack() throws FormatException {
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Map<String, String> rules = new TreeMap<>();
      int letters = 1 + random.nextInt(round % 2 == 0 ? 3 : 60_000);
      for (int i = random.nextInt(400); i >= 0; i--) {
        rules.put(
            word(random, letters, 1 + random.nextInt(6)), word(random, letters, random.nextInt(4)));
      }
      byte[] blob = Charsmap.compile(rules);
      Charsmap map = Charsmap.parse("x", blob);
      assertEquals(rules, map.rules(), "seed " + seed);
      assertArrayEquals(blob, Charsmap.compile(map.rules()), "seed " + seed);
      for (int i = 0; i < 50; i++) {
        String text = word(random, letters, 8);
        assertEquals(expected(rules, text), apply(map, text), "seed " + seed);
      }
    }
  }

  private static String word(Random random, int letters, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int character = 0x61 + random.nextInt(letters);
      word.appendCodePoint(character >= 0xD800 && character < 0xE000 ? 0x1F600 : character);
    }
    return word.toString();
  }

  private static String expected(Map<String, String> rules, String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = text.length();
      while (end > at && !rules.containsKey(text.substring(at, end))) {
        end--;
      }
      if (end > at) {
        out.append(rules.get(text.substring(at, end)));
        at = end;
      } else {
        out.appendCodePoint(text.codePointAt(at));
        at += Character.charCount(text.codePointAt(at));
      }
    }
    return out.toString();
  }

  @Test
  void refusesRulesThatNobodyCouldRead() {
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    assertThrows(wrong, () -> Charsmap.compile(Map.of()));
    assertThrows(wrong, () -> Charsmap.compile(Map.of("", "a")));
    assertThrows(wrong, () -> Charsmap.compile(Map.of("a\0", "a")));
    assertThrows(wrong, () -> Charsmap.compile(Map.of("a", "\0")));
    assertThrows(wrong, () -> Charsmap.compile(Map.of("a\ud83d", "b")));
    assertThrows(wrong, () -> Charsmap.compile(Map.of("a", "b".repeat(1025))));
    Map<String, String> nested = new TreeMap<>();
    for (int i = 1; i <= 31; i++) {
      nested.put("a".repeat(i), "b");
    }
    Charsmap.compile(nested);
    nested.put("a".repeat(32), "b");
    assertThrows(wrong, () -> Charsmap.compile(nested));
  }

  private static void refused(byte[] blob, String part) {
    FormatException e = assertThrows(FormatException.class, () -> Charsmap.parse("x", blob));
    assertTrue(String.valueOf(e.getMessage()).startsWith("x: byte "), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  @Test
  void refusesBrokenFrames() {
    byte[] valid = Charsmap.compile(Map.of("a", "b"));
    refused(new byte[0], "byte 0: expected a trie's length");
    refused(new byte[3], "found the end");
    refused(Arrays.copyOf(valid, 1028), "byte 0");
    refused(Arrays.copyOf(valid, valid.length - 1), "byte 1028: expected a zero byte");
    for (int length : new int[] {0, 4, 1020, 2048, -1024, Integer.MIN_VALUE}) {
      byte[] lying = valid.clone();
      ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
      refused(lying, "byte 0");
    }
    byte[] root = valid.clone();
    Arrays.fill(root, 4, 8, (byte) 0);
    refused(root, "byte 4: expected a root");
    byte[] far = valid.clone();
    ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 0x7FFF_FC00);
    refused(far, "byte 8: expected children");
    ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Charsmap.LEAF | 2);
    refused(far, "byte 8: expected the place of a replacement");
    ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 0x100);
    refused(far, "byte 8");
  }

  @Test
  void anyChangeIsReadOrRefused() {
    Map<String, String> rules = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      rules.put(Character.toString(0x100 + i) + (i % 7), "r" + i);
    }
    byte[] valid = Charsmap.compile(rules);
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] changed = valid.clone();
      for (int j = random.nextInt(5); j >= 0; j--) {
        int at = random.nextInt(changed.length);
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : changed[at] ^ 1);
      }
      if (random.nextInt(8) == 0) {
        changed = Arrays.copyOf(changed, random.nextInt(2 * changed.length));
      }
      byte[] text = new byte[200];
      random.nextBytes(text);
      try {
        Charsmap map = Charsmap.parse("x", changed);
        for (int at = 0; at < text.length; at++) {
          long match = map.longest(text, at, text.length);
          if (match >= 0) {
            assertTrue(Charsmap.length(match) > 0 && Charsmap.length(match) <= text.length - at);
            assertTrue(Charsmap.begin(match) <= map.end(match));
          }
        }
        read++;
        map.rules();
      } catch (FormatException e) {
        assertTrue(!String.valueOf(e.getMessage()).isEmpty());
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
    assertTrue(read > 100, "read " + read);
  }

  /** Units in which every byte leads back to the same node, which spell endless rules. */
  @Test
  void endlessRulesEnd() throws FormatException {
    int[] units = new int[512];
    Arrays.fill(units, Charsmap.LEAF);
    units[0] = 256 << 10;
    for (int label = 1; label < 256; label++) {
      int place = 256 ^ label;
      units[place] = (place ^ 256) << 10 | 0x100 | label;
    }
    ByteBuffer blob = ByteBuffer.allocate(4 + 2048 + 1).order(ByteOrder.LITTLE_ENDIAN);
    blob.putInt(2048);
    for (int unit : units) {
      blob.putInt(unit);
    }
    Charsmap map = Charsmap.parse("x", blob.array());
    byte[] text = new byte[1_000_000];
    Arrays.fill(text, (byte) 'a');
    assertEquals(text.length, Charsmap.length(map.longest(text, 0, text.length)));
    assertThrows(FormatException.class, map::rules);
  }
}
