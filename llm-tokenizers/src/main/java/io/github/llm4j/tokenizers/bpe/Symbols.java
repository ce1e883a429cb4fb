package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes words apart into the symbols that merging begins with: bytes, or characters, or what the
 * rules put in the place of characters that the vocabulary lacks. Threading: immutable.
 */
final class Symbols {
  private static final byte[] NOTHING = {};

  private final Vocabulary tokens;
  private final PairRules rules;
  private final byte[] prefix;
  private final byte[] suffix;

  /** Ids of single bytes as whole characters, where their place doesn't matter; -1 if unknown. */
  private final int[] single = new int[256];

  /** Ids of the tokens that bytes fall back to; -1 where there is none. */
  private final int[] byteTokens = new int[256];

  private final int unknown;

  Symbols(Vocabulary tokens, PairRules rules) {
    this.tokens = tokens;
    this.rules = rules;
    prefix = bytes(rules, rules.prefix().orElse(""));
    suffix = bytes(rules, rules.suffix().orElse(""));
    unknown = rules.unknown().map(text -> id(bytes(rules, text))).orElse(-1);
    for (int b = 0; b < 256; b++) {
      byteTokens[b] = rules.byteFallback() ? tokens.id("<0x%02X>".formatted(b)) : -1;
      single[b] = rules.hasAffixes() ? -1 : id(new byte[] {(byte) b});
    }
  }

  /** What a text of the file stands for in the vocabulary; nothing if it can't be met. */
  static byte[] bytes(PairRules rules, String text) {
    return rules.bytes() ? ByteLetters.bytes(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private int id(byte[] token) {
    return token.length == 0 ? -1 : tokens.id(token, 0, token.length);
  }

  /** Id of a byte that is a whole symbol, wherever it stands; -1 if it isn't one. */
  int single(byte b) {
    return single[b & 0xFF];
  }

  /** Id of the token for characters that the vocabulary lacks; -1 if there is none. */
  int unknown() {
    return unknown;
  }

  /** Id of the token that a byte falls back to; -1 if there is none. */
  int byteToken(int b) {
    return byteTokens[b];
  }

  /** Whether a symbol begins at {@code at}. */
  boolean begins(byte[] utf8, int at) {
    return rules.bytes() || Utf8.begins(utf8[at]);
  }

  /** Length of the symbol that begins at {@code at}. */
  int length(byte[] utf8, int at) {
    return rules.bytes() ? 1 : Utf8.lengthAt(utf8[at]);
  }

  /**
   * Takes a word apart.
   *
   * @throws LlmException if the vocabulary lacks a character and there is nothing to put in its
   *     place
   */
  void split(byte[] utf8, int from, int to, WordMerger symbols) {
    int pending = 0; // bytes that are unknown, behind each other
    int length = 0;
    for (int at = from; at < to; at += length) {
      length = length(utf8, at);
      int id = id(utf8, at, length, at == from, at + length == to);
      if (id >= 0) {
        if (pending > 0) {
          symbols.add(unknown, pending);
          pending = 0;
        }
        symbols.add(id, length);
      } else if (!fallBack(utf8, at, length, symbols)) {
        if (unknown < 0) {
          throw unknown(utf8, at, length);
        }
        if (pending > 0 && !rules.fuseUnknown()) {
          symbols.add(unknown, pending);
          pending = 0;
        }
        pending += length;
      }
    }
    if (pending > 0) {
      symbols.add(unknown, pending);
    }
  }

  private int id(byte[] utf8, int at, int length, boolean first, boolean last) {
    if (length == 1 && single[utf8[at] & 0xFF] >= 0) {
      return single[utf8[at] & 0xFF];
    }
    byte[] before = first ? NOTHING : prefix;
    byte[] behind = last ? suffix : NOTHING;
    if (before.length + behind.length == 0) {
      return tokens.id(utf8, at, at + length);
    }
    byte[] token = Arrays.copyOf(before, before.length + length + behind.length);
    System.arraycopy(utf8, at, token, before.length, length);
    System.arraycopy(behind, 0, token, before.length + length, behind.length);
    return tokens.id(token, 0, token.length);
  }

  private boolean fallBack(byte[] utf8, int at, int length, WordMerger symbols) {
    for (int i = at; i < at + length; i++) {
      if (byteTokens[utf8[i] & 0xFF] < 0) {
        return false;
      }
    }
    for (int i = at; i < at + length; i++) {
      symbols.add(byteTokens[utf8[i] & 0xFF], 1);
    }
    return true;
  }

  private LlmException unknown(byte[] utf8, int at, int length) {
    String expected;
    String found;
    if (rules.bytes()) {
      expected = "text of bytes that its vocabulary has";
      found = "byte 0x%02X, which it lacks".formatted(utf8[at] & 0xFF);
    } else {
      expected = "text of characters that its vocabulary has";
      String character = new String(utf8, at, length, StandardCharsets.UTF_8);
      found = "'%s' (U+%04X), which it lacks".formatted(character, character.codePointAt(0));
    }
    return new LlmException(
        ErrorKind.USER,
        "tokenizer: %s expected, found %s, and %s. Use a tokenizer that knows every text."
            .formatted(
                expected,
                found,
                rules
                    .unknown()
                    .map(name -> "its unk_token \"%s\" too".formatted(name))
                    .orElse("it names no unk_token")));
  }
}
