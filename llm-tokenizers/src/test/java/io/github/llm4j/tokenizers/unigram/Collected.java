package io.github.llm4j.tokenizers.unigram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Ids with their ranges, as a list to compare. */
final class Collected {
  private Collected() {}

  /**
   * A token.
   *
   * @param from first byte
   * @param to byte behind the last
   */
  record Token(int id, int from, int to) {}

  static List<Token> of(Session session, String text) {
    byte[] utf8 = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
    List<Token> tokens = new ArrayList<>();
    session.encode(
        utf8, 1, utf8.length - 1, (id, from, to) -> tokens.add(new Token(id, from - 1, to - 1)));
    return tokens;
  }

  static int[] ids(UnigramModel model, String text) {
    return of(model.open(), text).stream().mapToInt(Token::id).toArray();
  }
}
