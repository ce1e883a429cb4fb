package io.github.llm4j.tokenizers.pipeline;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Takes added tokens out of a text: the leftmost, and of those that begin at one place the longest.
 * What lies between them is handed on.
 */
final class AddedTokenStage implements Stage {
  private final TokenFinder finder;
  private final List<AddedToken> added;
  private final Tokens tokens;
  private final Stage next;

  /**
   * A stage.
   *
   * @param finder finds their texts
   * @param added the tokens in the order of the finder's patterns
   */
  AddedTokenStage(TokenFinder finder, List<AddedToken> added, Tokens tokens, Stage next) {
    this.finder = finder;
    this.added = added;
    this.tokens = tokens;
    this.next = next;
  }

  @Override
  public void take(Text text, int from, int to) {
    byte[] utf8 = text.bytes();
    ArrayDeque<Long> matches = finder.find(utf8, from, to);
    int done = from; // behind the last token with the blanks it swallowed
    int free = from; // where the next may begin
    while (!matches.isEmpty()) {
      long match = matches.pop();
      int at = (int) (match >>> 32);
      if (at < free) {
        continue;
      }
      int pattern = (int) match;
      AddedToken token = added.get(pattern);
      int end = at + finder.length(pattern);
      if (token.singleWord()
          && (Blanks.wordBefore(text, at, from) || Blanks.wordAt(text, end, to))) {
        free = end;
        continue;
      }
      int start = token.lstrip() ? Blanks.skipBack(utf8, at, done) : at;
      end = token.rstrip() ? Blanks.skip(utf8, end, to) : end;
      if (start > done) {
        next.take(text, done, start);
      }
      tokens.word(text);
      tokens.add(token.id(), start, end);
      done = end;
      free = end;
    }
    if (done < to) {
      next.take(text, done, to);
    }
  }
}
