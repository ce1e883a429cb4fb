package io.github.llm4j.tokenizers.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds tokens in a text: the leftmost, and of those that begin at one place the longest.
 * Threading: immutable.
 */
final class TokenFinder {
  /** Receives a text in pieces. */
  interface Pieces {
    /** A piece without tokens; never empty. */
    void text(String text);

    /** A token. */
    void token(AddedToken token);
  }

  private record Pattern(String text, AddedToken token) {}

  private final Map<Character, List<Pattern>> byFirst = new HashMap<>();

  /** Whether any pattern begins with a character, for a quick no. */
  private final boolean[] begins = new boolean[1 << 16];

  /** A finder that knows nothing yet. */
  TokenFinder() {}

  /** Adds a token that is found where this text is. */
  void add(String text, AddedToken token) {
    if (text.isEmpty()) {
      return; // what normalizes to nothing can't be found
    }
    List<Pattern> patterns = byFirst.computeIfAbsent(text.charAt(0), c -> new ArrayList<>());
    patterns.add(new Pattern(text, token));
    patterns.sort(Comparator.comparingInt((Pattern p) -> p.text().length()).reversed());
    begins[text.charAt(0)] = true;
  }

  /** Takes a text apart. */
  void split(String text, Pieces pieces) {
    int done = 0;
    int at = 0;
    while (!byFirst.isEmpty() && at < text.length()) {
      Pattern found = begins[text.charAt(at)] ? longest(text, at) : null;
      if (found == null) {
        at++;
        continue;
      }
      int end = at + found.text().length();
      AddedToken token = found.token();
      if (token.singleWord() && (wordBefore(text, at) || wordAt(text, end))) {
        at = end;
        continue;
      }
      int start = token.lstrip() ? skipBack(text, at, done) : at;
      end = token.rstrip() ? skip(text, end) : end;
      if (start > done) {
        pieces.text(text.substring(done, start));
      }
      pieces.token(token);
      done = end;
      at = end;
    }
    if (done < text.length()) {
      pieces.text(done == 0 ? text : text.substring(done));
    }
  }

  private @org.jspecify.annotations.Nullable Pattern longest(String text, int at) {
    for (Pattern pattern : byFirst.getOrDefault(text.charAt(at), List.of())) {
      if (text.startsWith(pattern.text(), at)) {
        return pattern;
      }
    }
    return null;
  }

  private static int skip(String text, int at) {
    int i = at;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int skipBack(String text, int at, int limit) {
    int i = at;
    while (i > limit && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** White_Space of Unicode; none lies outside the basic plane. */
  private static boolean isBlank(char c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
  }

  private static boolean wordBefore(String text, int at) {
    return at > 0 && isWord(text.codePointBefore(at));
  }

  private static boolean wordAt(String text, int at) {
    return at < text.length() && isWord(text.codePointAt(at));
  }

  /** Unicode Technical Standard 18's word characters. */
  private static boolean isWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.CONNECTOR_PUNCTUATION ->
          true;
      default -> Character.isAlphabetic(c) || c == 0x200C || c == 0x200D;
    };
  }
}
