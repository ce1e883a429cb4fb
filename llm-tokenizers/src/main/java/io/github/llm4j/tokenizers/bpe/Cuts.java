package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.tokenizers.pipeline.Utf8;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * Where a word may be cut with each part merged for itself, exactly.
 *
 * <p>A cut between two neighbouring characters a and b changes nothing if no merge has a left token
 * that ends with a and a right one that begins with b. For a token of both sides would have to come
 * from a merge whose left token ends where the cut is, with a, and whose right one begins there,
 * with b: merging two tokens joins their texts, so a token's last and first character are those of
 * the text that it stands for. Without such a token the merges of either side see nothing of the
 * other, and their order among themselves is the same in the whole and in the part. Byte-fallback
 * and unknown tokens don't stand for their own text: where one of them takes part in a merge,
 * nothing is cut; nor where a character's token depends on its place in the word. Neighbours that
 * are both unknown stay together, since they may be one token.
 *
 * <p>What begins with U+2581 (▁), as SentencePiece writes a blank, is a word to its merges: where
 * it is right behind every other character, cutting before it is the first thing to do.
 *
 * <p>Threading: immutable.
 */
final class Cuts {
  private static final int BLANK = 0x2581;
  private static final byte[] BLANK_UTF8 = "▁".getBytes(StandardCharsets.UTF_8);

  private static final int ASCII = 128;

  private final boolean bytes;
  private final boolean any;
  private final boolean local;
  private final boolean beforeBlanks;
  private final boolean everyCharacter;
  private final BitSet known = new BitSet();

  /** Pairs of characters that some merge joins. */
  private final PairTable joined;

  /**
   * Whether a cut between two characters of ASCII is right: the first times 128, plus the other.
   */
  private final boolean[] ascii = new boolean[ASCII * ASCII];

  Cuts(Vocabulary tokens, List<BytePairs.Merge> merges, PairRules rules, Symbols symbols) {
    bytes = rules.bytes();
    boolean all = rules.byteFallback();
    BitSet strangers = new BitSet();
    for (int b = 0; b < 256 && rules.byteFallback(); b++) {
      int id = symbols.byteToken(b);
      all &= id >= 0;
      if (id >= 0) {
        strangers.set(id);
      }
    }
    if (symbols.unknown() >= 0) {
      strangers.set(symbols.unknown());
    }
    everyCharacter = all;
    boolean strange = false;
    joined = new PairTable(merges.size());
    for (BytePairs.Merge merge : merges) {
      strange |= strangers.get(merge.left()) || strangers.get(merge.right());
      joined.put(last(tokens.met(merge.left())), first(tokens.met(merge.right())), 0, 0);
    }
    local = !rules.hasAffixes() && (everyCharacter || !rules.byteFallback());
    any = !strange && !rules.hasAffixes();
    boolean blanks = any && !bytes;
    for (BytePairs.Merge merge : merges) {
      blanks &=
          first(tokens.met(merge.right())) != BLANK || last(tokens.met(merge.left())) == BLANK;
    }
    for (int id = 0; id < tokens.size(); id++) {
      byte[] token = tokens.met(id);
      if (token.length > 0 && token.length == symbols.length(token, 0)) {
        known.set(first(token));
      }
    }
    beforeBlanks = blanks && known.get(BLANK);
    for (int pair = 0; pair < ascii.length; pair++) {
      ascii[pair] = between(pair / ASCII, pair % ASCII);
    }
  }

  private int first(byte[] token) {
    return bytes ? token[0] & 0xFF : Utf8.codePoint(token, 0);
  }

  private int last(byte[] token) {
    return bytes
        ? token[token.length - 1] & 0xFF
        : Utf8.codePoint(token, Utf8.before(token, token.length));
  }

  /** Whether a character's symbols don't depend on its place in the word. */
  boolean local() {
    return local;
  }

  /** Whether words may be cut between two characters, or bytes. */
  boolean between(int before, int after) {
    return any
        && joined.find(before, after) == PairTable.NONE
        && (everyCharacter || known.get(before) || known.get(after));
  }

  /**
   * A place behind {@code from} where a cut is right, or the end: one that is quickly found and
   * makes parts that are met again, before a ▁ or between characters of ASCII.
   */
  int wordEnd(byte[] utf8, int from, int to) {
    if (!any || bytes) {
      return to;
    }
    int before = utf8[from];
    for (int i = from + 1; i < to; i++) {
      int b = utf8[i];
      if (b >= 0) {
        if (before >= 0 && ascii[before * ASCII + b]) {
          return i;
        }
      } else if (b == BLANK_UTF8[0] && beforeBlanks && isBorder(utf8, from, i)) {
        return i;
      }
      before = b;
    }
    return to;
  }

  /** Whether a ▁ begins here behind another character. */
  private static boolean isBorder(byte[] utf8, int from, int at) {
    return isBlank(utf8, at) && !(at - 3 >= from && isBlank(utf8, at - 3));
  }

  private static boolean isBlank(byte[] utf8, int at) {
    return utf8[at] == BLANK_UTF8[0]
        && utf8[at + 1] == BLANK_UTF8[1]
        && utf8[at + 2] == BLANK_UTF8[2];
  }

  /** The first place behind {@code from} where a cut is right, or the end. */
  int partEnd(byte[] utf8, int from, int to) {
    if (!any) {
      return to;
    }
    if (bytes) {
      for (int i = from + 1; i < to; i++) {
        if (between(utf8[i - 1] & 0xFF, utf8[i] & 0xFF)) {
          return i;
        }
      }
      return to;
    }
    int before = Utf8.codePoint(utf8, from);
    for (int i = from + Utf8.length(before); i < to; ) {
      int after = Utf8.codePoint(utf8, i);
      if (between(before, after)) {
        return i;
      }
      before = after;
      i += Utf8.length(after);
    }
    return to;
  }
}
