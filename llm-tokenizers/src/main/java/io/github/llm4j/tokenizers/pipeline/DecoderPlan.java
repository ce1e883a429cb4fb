package io.github.llm4j.tokenizers.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What decoders do, told in their order, if it can be prepared for each id: changes of tokens by
 * themselves, then bytes, then a character that is cut off at the text's beginning. What goes
 * beyond that makes the plan useless, and texts are decoded by stages.
 */
public final class DecoderPlan {
  private final List<Each> changes = new ArrayList<>();
  private boolean useful = true;
  private boolean byteTokens;
  private @Nullable Function<String, byte[]> letters;
  private boolean joined;
  private byte[] cut = {};
  private int mostCuts;

  /** What becomes of a token. */
  @FunctionalInterface
  public interface Each {
    /**
     * Changes a token.
     *
     * @param first whether it is the text's first
     */
    String change(String token, boolean first);
  }

  /** A plan of nothing. */
  DecoderPlan() {}

  /** Each token is changed by itself. */
  public void each(Each change) {
    if (byteTokens || joined) {
      useful = false;
    }
    changes.add(change);
  }

  /** Tokens as {@code <0x41>} are bytes. */
  public void byteTokens() {
    if (byteTokens || joined) {
      useful = false;
    }
    byteTokens = true;
  }

  /**
   * Letters stand for bytes, and all become one token; bytes that are no UTF-8 become U+FFFD.
   *
   * @param bytes the bytes of a token's letters; empty if they are no letters for bytes
   */
  public void letters(Function<String, byte[]> bytes) {
    if (byteTokens || joined) {
      useful = false;
    }
    letters = bytes;
    joined = true;
  }

  /** All tokens become one. */
  public void join() {
    joined = true;
  }

  /** A character is cut off where tokens begin, so many times at most. */
  public void cut(int codePoint, int most, Each change) {
    if (!joined) {
      each(change);
    } else if (mostCuts > 0) {
      useful = false;
    } else {
      cut = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
      mostCuts = most;
    }
  }

  /** Tokens are cut at both ends. */
  public void atBothEnds(Each change) {
    if (joined) {
      useful = false;
    }
    each(change);
  }

  /** What can't be prepared. */
  public void other() {
    useful = false;
  }

  boolean useful() {
    return useful;
  }

  /** Whether tokens are letters for bytes. */
  boolean ofLetters() {
    return letters != null;
  }

  /** Whether nothing is done but letters made the bytes that they stand for. */
  boolean ofLettersAlone() {
    return useful && ofLetters() && changes.isEmpty() && mostCuts == 0;
  }

  /** Whether some tokens are bytes. */
  boolean ofByteTokens() {
    return byteTokens;
  }

  /** Bytes that a token's letters stand for, or else its own. */
  byte[] bytes(String token) {
    byte[] bytes = letters == null ? new byte[0] : letters.apply(token);
    return bytes.length > 0 ? bytes : token.getBytes(StandardCharsets.UTF_8);
  }

  String change(String token, boolean first) {
    String changed = token;
    for (Each change : changes) {
      changed = change.change(changed, first);
    }
    return changed;
  }

  /** Where a text begins after what is cut off at its beginning. */
  int begin(byte[] utf8, int length) {
    int at = 0;
    for (int cuts = 0; cuts < mostCuts && startsWithCut(utf8, at, length); cuts++) {
      at += cut.length;
    }
    return at;
  }

  private boolean startsWithCut(byte[] utf8, int at, int length) {
    if (length - at < cut.length) {
      return false;
    }
    for (int i = 0; i < cut.length; i++) {
      if (utf8[at + i] != cut[i]) {
        return false;
      }
    }
    return true;
  }
}
