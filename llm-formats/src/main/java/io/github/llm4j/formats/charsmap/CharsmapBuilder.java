package io.github.llm4j.formats.charsmap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts rules into a double array: a trie, whose equal subtrees become one, then a base for each
 * node under which its children are free, found in the last part of the array only, so that time
 * stays linear in the nodes.
 */
final class CharsmapBuilder {
  private static final int MAX_UNITS = 1 << 21; // an offset has 21 bits
  private static final int MAX_PREFIXES = 31; // a fixed array in SentencePiece holds them
  private static final int SEARCHED = 4096;

  /** A node of the trie; children by byte. */
  private static final class Node {
    final TreeMap<Integer, Node> children = new TreeMap<>();
    final int number;
    int value = -1;
    int base = -1;
    Node same = this;

    Node(int number) {
      this.number = number;
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final ByteArrayOutputStream replacements = new ByteArrayOutputStream();
  private final BitSet taken = new BitSet();
  private final BitSet bases = new BitSet();
  private int[] units = new int[0];

  CharsmapBuilder(Map<String, String> rules) {
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("charsmap: expected rules, found none.");
    }
    nodes.add(new Node(0));
    for (Map.Entry<String, String> rule : new TreeMap<>(rules).entrySet()) {
      add(rule.getKey(), rule.getValue());
    }
  }

  private void add(String source, String target) {
    byte[] bytes = utf8(source);
    if (bytes.length == 0) {
      throw wrong("a source", source);
    }
    Node node = nodes.getFirst();
    int prefixes = 1;
    for (byte b : bytes) {
      prefixes += node.value >= 0 ? 1 : 0;
      node = node.children.computeIfAbsent(b & 0xFF, label -> grown());
    }
    if (prefixes > MAX_PREFIXES) {
      throw wrong("at most " + (MAX_PREFIXES - 1) + " other sources that one begins with", source);
    }
    node.value = place(target);
  }

  private Node grown() {
    Node node = new Node(nodes.size());
    nodes.add(node);
    return node;
  }

  private int place(String target) {
    Integer known = places.get(target);
    if (known != null) {
      return known;
    }
    byte[] bytes = utf8(target);
    if (bytes.length > Charsmap.MAX_REPLACEMENT) {
      throw wrong("a replacement of at most " + Charsmap.MAX_REPLACEMENT + " bytes", target);
    }
    int place = replacements.size();
    places.put(target, place);
    replacements.writeBytes(bytes);
    replacements.write(0);
    return place;
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      if (text.indexOf('\0') < 0) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "charsmap: expected whole characters, found half of a pair.", e);
    }
    throw wrong("no zero character", text);
  }

  private static IllegalArgumentException wrong(String expected, String found) {
    String plain = found.replaceAll("\\p{Cntrl}", "?");
    return new IllegalArgumentException(
        "charsmap: expected %s, found '%.100s'.".formatted(expected, plain));
  }

  byte[] toBytes() {
    merge();
    taken.set(0);
    room(1);
    Deque<Node> open = new ArrayDeque<>(List.of(nodes.getFirst()));
    find(nodes.getFirst());
    units[0] = nodes.getFirst().base << 10;
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (node.value >= 0) {
        units[node.base] = node.value | Charsmap.LEAF;
      }
      for (Map.Entry<Integer, Node> entry : node.children.entrySet()) {
        Node child = entry.getValue();
        int place = node.base ^ entry.getKey();
        if (child.base < 0) {
          find(child);
          open.push(child);
        }
        int leaf = child.value >= 0 ? 0x100 : 0;
        units[place] = (place ^ child.base) << 10 | leaf | entry.getKey();
      }
    }
    ByteBuffer out =
        ByteBuffer.allocate(4 + 4 * units.length + replacements.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(4 * units.length);
    for (int i = 0; i < units.length; i++) {
      out.putInt(taken.get(i) ? units[i] : Charsmap.LEAF); // a value is never led to
    }
    return out.put(replacements.toByteArray()).array();
  }

  /** Makes equal subtrees one. Children come behind their parents in the list. */
  private void merge() {
    Map<List<Integer>, Node> known = new HashMap<>();
    for (Node node : nodes.reversed()) {
      List<Integer> key = new ArrayList<>();
      key.add(node.value);
      for (Map.Entry<Integer, Node> entry : node.children.entrySet()) {
        Node child = entry.getValue().same;
        entry.setValue(child);
        key.add(entry.getKey());
        key.add(child.number);
      }
      Node first = known.putIfAbsent(key, node);
      node.same = first == null ? node : first;
    }
  }

  /** Finds a base under which a node's value and children are free, and takes their places. */
  private void find(Node node) {
    int[] labels = new int[node.children.size() + (node.value >= 0 ? 1 : 0)];
    int count = node.value >= 0 ? 1 : 0; // a value is at label 0
    for (int label : node.children.keySet()) {
      labels[count++] = label;
    }
    int place = taken.nextClearBit(Math.max(0, taken.length() - SEARCHED));
    while (true) {
      int base = place ^ labels[0];
      if (base != 0 && !bases.get(base) && free(base, labels)) {
        node.base = base;
        bases.set(base);
        room(base + 1);
        for (int label : labels) {
          taken.set(base ^ label);
        }
        return;
      }
      place = taken.nextClearBit(place + 1);
    }
  }

  private boolean free(int base, int[] labels) {
    for (int label : labels) {
      if (taken.get(base ^ label)) {
        return false;
      }
    }
    return true;
  }

  /** Grows the array in whole blocks of 256. */
  private void room(int count) {
    if (count > MAX_UNITS) {
      throw new IllegalArgumentException(
          "charsmap: expected rules for at most " + MAX_UNITS + " units, found more.");
    }
    int whole = (count + 255) / 256 * 256;
    if (whole > units.length) {
      units = Arrays.copyOf(units, whole);
    }
  }
}
