package io.github.llm4j.tokenizers.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Tokens as byte strings with their ids, found in constant time for each byte. Threading:
 * immutable.
 */
public final class Vocabulary {
  /** A vocabulary with greater ids is damaged, and would fill the memory. */
  private static final int MOST = 1 << 24;

  private static final byte[] NOTHING = {};

  private final byte[][] tokens;

  /** Texts that no word can be, as a model sees words: kept to be written and shown. */
  private final Map<Integer, String> others;

  private final int[] slots; // id, plus one
  private int longest;

  /**
   * A vocabulary.
   *
   * @param tokens bytes of each id, empty where there is no token; of two that are equal the last
   *     is found
   */
  public Vocabulary(byte[][] tokens) {
    this(tokens, Map.of());
  }

  @SuppressWarnings("ArrayParameter") // taken over by callers that let go of it
  private Vocabulary(byte[][] tokens, Map<Integer, String> others) {
    this.tokens = tokens.clone();
    this.others = others;
    slots = new int[Integer.highestOneBit(Math.max(8, tokens.length) * 2 - 1) * 2];
    for (int id = 0; id < tokens.length; id++) {
      byte[] token = tokens[id];
      if (token.length > 0) {
        slots[slot(token, 0, token.length)] = id + 1;
        longest = Math.max(longest, token.length);
      }
    }
  }

  /**
   * The vocabulary of a tokenizer.json, an object of texts with their ids.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged or empty
   */
  public static Vocabulary read(JsonPart part) {
    return read(part, text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The same, of texts that stand for other bytes.
   *
   * @param bytes what a text stands for; nothing if it can't be met
   */
  public static Vocabulary read(JsonPart part, Function<String, byte[]> bytes) {
    Map<String, Integer> ids = part.ids();
    if (ids.isEmpty()) {
      throw part.wrong("tokens with their ids");
    }
    int most = ids.values().stream().mapToInt(i -> i).max().orElse(0);
    if (most >= MOST) {
      throw part.wrong("ids below " + MOST, "id " + most);
    }
    byte[][] tokens = new byte[most + 1][];
    Arrays.fill(tokens, NOTHING);
    Map<Integer, String> others = new HashMap<>();
    ids.forEach(
        (text, id) -> {
          if (text.codePoints().anyMatch(Surrogates::isSurrogate)) {
            throw part.wrong("tokens of whole characters", "half of one in that with id " + id);
          }
          if (tokens[id].length > 0 || others.containsKey(id)) {
            throw part.wrong("ids that no two tokens share", id + " twice, again for " + text);
          }
          tokens[id] = bytes.apply(text);
          if (tokens[id].length == 0) {
            others.put(id, text);
          }
        });
    return new Vocabulary(tokens, others);
  }

  /** One more than the greatest id. */
  public int size() {
    return tokens.length;
  }

  /** Bytes of the longest token. */
  public int longest() {
    return longest;
  }

  /** Id of a token; -1 if there is none. */
  public int id(byte[] bytes, int from, int to) {
    return slots[slot(bytes, from, to)] - 1;
  }

  /** Id of a token by its text; -1 if there is none. */
  public int id(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return id(utf8, 0, utf8.length);
  }

  private int slot(byte[] bytes, int from, int to) {
    int mask = slots.length - 1;
    int at = WordHash.of(bytes, from, to) & mask;
    while (slots[at] != 0) {
      byte[] token = tokens[slots[at] - 1];
      if (Arrays.equals(token, 0, token.length, bytes, from, to)) {
        return at;
      }
      at = at + 1 & mask;
    }
    return at;
  }

  /** Bytes of a token, shared, not to be changed; empty if there is none. */
  public byte[] bytes(int id) {
    if (id >= tokens.length) {
      return NOTHING;
    }
    byte[] token = tokens[id];
    String other = token.length == 0 ? others.get(id) : null;
    return other == null ? token : other.getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes of a token that can be met; empty if there is none. */
  public byte[] met(int id) {
    return tokens[id];
  }

  /**
   * Writes all tokens, in the order of their ids.
   *
   * @param added texts of added tokens by their ids: those that lie in gaps are written too, or
   *     other libraries would give them new ids
   * @param text what a token is written as
   */
  public void write(ObjectNode json, Map<Integer, String> added, Function<byte[], String> text) {
    for (int id = 0; id < tokens.length; id++) {
      String other = others.getOrDefault(id, added.get(id));
      if (tokens[id].length > 0) {
        json.put(text.apply(tokens[id]), id);
      } else if (other != null) {
        json.put(other, id);
      }
    }
  }

  /** Writes all tokens as the UTF-8 that they are. */
  public void write(ObjectNode json, Map<Integer, String> added) {
    write(json, added, utf8 -> new String(utf8, StandardCharsets.UTF_8));
  }
}
