package io.github.llm4j.api.tokenizer;

import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a text with all that is known of each: its id, the range of chars of the text that
 * it stands for, the word that it belongs to.
 *
 * <p>Ranges count UTF-16 chars as {@link String} does and never part a surrogate pair; a token that
 * is a part of a character has the range of the whole one; a token that stands for nothing in the
 * text, as a special one put before it, has the range [0, 0).
 *
 * <p>Threading: immutable.
 */
public final class Encoding {
  /** The word and the text of a token that belongs to none. */
  public static final int NONE = -1;

  private final int[] ids;
  private final int[] starts;
  private final int[] ends;
  private final int[] words;
  private final int[] texts;
  private final int[] types;
  private final boolean[] special;
  private final boolean[] padding;
  private final List<Encoding> overflow;

  private Encoding(Builder builder) {
    int n = builder.size;
    ids = Arrays.copyOf(builder.ids, n);
    starts = Arrays.copyOf(builder.starts, n);
    ends = Arrays.copyOf(builder.ends, n);
    words = Arrays.copyOf(builder.words, n);
    texts = Arrays.copyOf(builder.texts, n);
    types = Arrays.copyOf(builder.types, n);
    special = Arrays.copyOf(builder.special, n);
    padding = Arrays.copyOf(builder.padding, n);
    overflow = List.of();
  }

  private Encoding(Encoding from, List<Encoding> overflow) {
    ids = from.ids;
    starts = from.starts;
    ends = from.ends;
    words = from.words;
    texts = from.texts;
    types = from.types;
    special = from.special;
    padding = from.padding;
    this.overflow = List.copyOf(overflow);
  }

  /** The same tokens with what was cut off. */
  Encoding withOverflow(List<Encoding> cutOff) {
    return cutOff.isEmpty() && overflow.isEmpty() ? this : new Encoding(this, cutOff);
  }

  /** Number of tokens. */
  public int size() {
    return ids.length;
  }

  /** All ids. */
  public int[] ids() {
    return ids.clone();
  }

  /** Types of all tokens (token type ids). */
  public int[] types() {
    return types.clone();
  }

  /** 1 for a token that the model shall attend to, 0 for padding. */
  public int[] attentionMask() {
    int[] mask = new int[padding.length];
    for (int t = 0; t < mask.length; t++) {
      mask[t] = padding[t] ? 0 : 1;
    }
    return mask;
  }

  /**
   * What {@link Truncation} cut off, as further inputs: with two texts each part of the first with
   * each of the second.
   */
  public List<Encoding> overflow() {
    return overflow;
  }

  /** Id of a token. */
  public int id(int token) {
    return ids[token];
  }

  /** First char of the text that a token stands for. */
  public int start(int token) {
    return starts[token];
  }

  /** Char behind the last that a token stands for. */
  public int end(int token) {
    return ends[token];
  }

  /** Index of the word that a token is part of, in its text; {@link #NONE} for a special one. */
  public int word(int token) {
    return words[token];
  }

  /** 0 for a token of the first text, 1 of the second, {@link #NONE} for one put around them. */
  public int text(int token) {
    return texts[token];
  }

  /** Type of a token, as models with segments know it (token type id). */
  public int type(int token) {
    return types[token];
  }

  /** Whether a token was put around the texts: a special one or padding. */
  public boolean special(int token) {
    return special[token];
  }

  /** Whether a token only fills up: what attention masks leave out. */
  public boolean padding(int token) {
    return padding[token];
  }

  /** Collects tokens. Threading: one thread. */
  public static final class Builder {
    private int size;
    private int[] ids = new int[16];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int[] words = new int[16];
    private int[] texts = new int[16];
    private int[] types = new int[16];
    private boolean[] special = new boolean[16];
    private boolean[] padding = new boolean[16];

    /** Without tokens. */
    public Builder() {}

    /**
     * Adds a token of a text.
     *
     * @param start first char that it stands for
     * @param end char behind the last
     * @param word index of its word
     * @param text 0 or 1: which of two texts
     * @param type its type
     */
    public Builder add(int id, int start, int end, int word, int text, int type) {
      grow();
      starts[size] = start;
      ends[size] = end;
      words[size] = word;
      texts[size] = text;
      types[size] = type;
      ids[size++] = id;
      return this;
    }

    /** Adds a token that is put around the texts. */
    public Builder addSpecial(int id, int type) {
      add(id, 0, 0, NONE, NONE, type);
      special[size - 1] = true;
      return this;
    }

    /** Adds a token that only fills up. */
    public Builder addPadding(int id, int type) {
      addSpecial(id, type);
      padding[size - 1] = true;
      return this;
    }

    /** Adds a token of another encoding as it is. */
    public Builder add(Encoding from, int token) {
      add(
          from.ids[token],
          from.starts[token],
          from.ends[token],
          from.words[token],
          from.texts[token],
          from.types[token]);
      special[size - 1] = from.special[token];
      padding[size - 1] = from.padding[token];
      return this;
    }

    /** Changes the range of the token that was added last. */
    public Builder range(int start, int end) {
      starts[size - 1] = start;
      ends[size - 1] = end;
      return this;
    }

    /** Changes the text of the token that was added last. */
    public Builder text(int text) {
      texts[size - 1] = text;
      return this;
    }

    /** Changes the type of the token that was added last. */
    public Builder type(int type) {
      types[size - 1] = type;
      return this;
    }

    private void grow() {
      if (size < ids.length) {
        return;
      }
      int n = Math.addExact(size, size >> 1);
      ids = Arrays.copyOf(ids, n);
      starts = Arrays.copyOf(starts, n);
      ends = Arrays.copyOf(ends, n);
      words = Arrays.copyOf(words, n);
      texts = Arrays.copyOf(texts, n);
      types = Arrays.copyOf(types, n);
      special = Arrays.copyOf(special, n);
      padding = Arrays.copyOf(padding, n);
    }

    /** Number of tokens so far. */
    public int size() {
      return size;
    }

    /** The tokens so far. */
    public Encoding build() {
      return new Encoding(this);
    }
  }
}
