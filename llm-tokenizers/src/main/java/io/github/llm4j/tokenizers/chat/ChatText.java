package io.github.llm4j.tokenizers.chat;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.tokenizers.template.Rendering.Span;
import java.util.List;

/**
 * A conversation as text, and where in it the assistant speaks.
 *
 * <p>Threading: immutable.
 *
 * @param text what the template made
 * @param assistant ranges of chars, in order, none of which touch another's inside
 */
public record ChatText(String text, List<Span> assistant) {

  /** A text. */
  public ChatText {
    assistant = List.copyOf(assistant);
  }

  /**
   * Which tokens the assistant says: those that hold one of its chars at least. A token that begins
   * before its range, as the blank before a word does, belongs to it, because the model has to
   * write the rest. O(tokens · log ranges).
   *
   * @param encoding tokens of this text
   * @return for each token whether its loss counts
   */
  public boolean[] lossMask(Encoding encoding) {
    boolean[] mask = new boolean[encoding.size()];
    for (int i = 0; i < mask.length; i++) {
      // Tokens put around the text stand for none of it.
      mask[i] = !encoding.special(i) && holds(encoding.start(i), encoding.end(i));
    }
    return mask;
  }

  private boolean holds(int start, int end) {
    int low = 0;
    int high = assistant.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (assistant.get(middle).to() <= start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == assistant.size()) {
      return false;
    }
    int from = assistant.get(low).from();
    // A token for no char at all stands where its word begins.
    return start == end ? from <= start : from < end;
  }
}
