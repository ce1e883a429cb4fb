package io.github.llm4j.tokenizers.wordpiece;

import io.github.llm4j.tokenizers.pipeline.IdBuffer;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts words into the longest tokens from their beginning on, in one pass over their bytes: a trie
 * of the tokens knows for each state which tokens are certain once no token goes on as the word
 * does, and in which state what is left of the word is then. Song et al. 2021, "Fast WordPiece
 * Tokenization", arXiv:2012.15524, algorithms 1 and 2, over bytes instead of characters.
 *
 * <p>Linear in the word, and made in time linear in the vocabulary's bytes. Threading: immutable.
 */
final class LongestMatches {
  private final TokenTrie trie = new TokenTrie();
  private final TokenLists lists = new TokenLists();

  /** State of what is left when the certain tokens are taken; none if the word is lost then. */
  private final int[] left;

  /** The certain tokens. */
  private final int[] certain;

  LongestMatches(Vocabulary tokens, String prefix) {
    byte[] before = prefix.getBytes(StandardCharsets.UTF_8);
    for (int id = 0; id < tokens.size(); id++) {
      byte[] token = tokens.met(id);
      if (token.length > 0) {
        trie.add(TokenTrie.WORD, token, 0, id);
      }
      if (token.length > before.length && startsWith(token, before)) {
        trie.add(TokenTrie.REST, token, before.length, id);
      }
    }
    left = new int[trie.size()];
    certain = new int[trie.size()];
    link();
  }

  private static boolean startsWith(byte[] token, byte[] before) {
    return Arrays.equals(token, 0, before.length, before, 0, before.length);
  }

  /** Fills in what is certain and left, shallow states first: what is left is shallower always. */
  private void link() {
    int[] depths = new int[trie.size()];
    for (int state = 2; state < depths.length; state++) {
      depths[state] = depths[trie.parent(state)] + 1;
    }
    Arrays.fill(left, 0, 2, TokenTrie.NONE);
    Arrays.fill(certain, 0, 2, TokenLists.EMPTY);
    for (int state : inOrder(depths)) {
      int token = trie.token(state);
      if (token >= 0) {
        certain[state] = lists.append(TokenLists.EMPTY, token, depths[state]);
        left[state] = TokenTrie.REST;
        continue;
      }
      int found = certain[trie.parent(state)];
      int at = left[trie.parent(state)];
      while (at >= 0 && trie.next(at, trie.by(state)) < 0) {
        found = lists.join(found, certain[at]);
        at = left[at];
      }
      left[state] = at < 0 ? TokenTrie.NONE : trie.next(at, trie.by(state));
      certain[state] = at < 0 ? TokenLists.EMPTY : found;
    }
  }

  /** States but the roots by their depths. */
  private static int[] inOrder(int[] depths) {
    int[] count = new int[depths.length + 1];
    for (int depth : depths) {
      count[depth]++;
    }
    for (int d = 1; d < count.length; d++) {
      count[d] += count[d - 1];
    }
    int[] order = new int[depths.length];
    for (int state = depths.length - 1; state >= 0; state--) {
      order[--count[depths[state]]] = state;
    }
    return Arrays.copyOfRange(order, 2, order.length);
  }

  /**
   * Cuts a word.
   *
   * @param ids gets the tokens
   * @param ends gets the places in the word behind them
   * @return whether that was possible
   */
  boolean find(byte[] utf8, int from, int to, IdBuffer ids, IdBuffer ends) {
    int state = TokenTrie.WORD;
    int end = 0;
    for (int i = from; i < to; i++) {
      int next = trie.next(state, utf8[i]);
      while (next < 0) {
        if (left[state] < 0) {
          return false;
        }
        end = lists.addTo(certain[state], end, ids, ends);
        state = left[state];
        next = trie.next(state, utf8[i]);
      }
      state = next;
    }
    while (state != TokenTrie.REST) {
      if (left[state] < 0) {
        return false;
      }
      end = lists.addTo(certain[state], end, ids, ends);
      state = left[state];
    }
    return true;
  }
}
