package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.tokenizer.Encoding;

/** Where tokens go: their ids alone, or all that is known of them. Threading: one thread. */
public final class Tokens {
  private final boolean ranges;
  private final IdBuffer ids = new IdBuffer(1 << 10);
  private Encoding.Builder encoding = new Encoding.Builder();
  private Text text;
  private int word = -1;

  /**
   * Without tokens.
   *
   * @param ranges whether ranges in the text are wanted
   */
  public Tokens(boolean ranges) {
    this.ranges = ranges;
    this.text = new Text(ranges);
  }

  /** Whether ranges are wanted; if not, {@link #addAll} will do. */
  public boolean ranges() {
    return ranges;
  }

  /** Forgets all tokens. */
  void clear() {
    ids.clear();
    word = -1;
    if (encoding.size() > 0) {
      encoding = new Encoding.Builder();
    }
  }

  /** Begins a word. */
  void word(Text in) {
    text = in;
    word++;
  }

  /** Goes on with the word in another piece of a long text. */
  void goOn(Text in) {
    text = in;
    word = Math.max(word, 0);
  }

  /**
   * Adds a token.
   *
   * @param from first byte, in the text of the word, that it stands for
   * @param to byte behind the last
   */
  public void add(int id, int from, int to) {
    if (ranges) {
      int start = from < to ? text.start(from) : from > 0 ? text.end(from - 1) : text.start(0);
      encoding.add(id, start, from < to ? text.end(to - 1) : start, word, 0, 0);
    } else {
      ids.add(id);
    }
  }

  /** Adds tokens whose ranges nobody wants. */
  public void addAll(int[] more) {
    ids.addAll(more);
  }

  /** Number of tokens so far. */
  public int size() {
    return ranges ? encoding.size() : ids.size();
  }

  /** Ids from a place on, where ranges aren't wanted. */
  public int[] since(int from) {
    return ids.since(from);
  }

  /** All ids, where ranges aren't wanted. */
  public int[] ids() {
    return ids.toArray();
  }

  /** All that is known, where ranges are wanted. */
  public Encoding encoding() {
    return encoding.build();
  }
}
