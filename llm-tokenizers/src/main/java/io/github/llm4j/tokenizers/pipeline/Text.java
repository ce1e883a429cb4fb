package io.github.llm4j.tokenizers.pipeline;

import java.util.Arrays;

/**
 * A text on its way to the model: UTF-8 in a buffer that is used again and again, and, if asked
 * for, where each byte comes from in the text as it was written.
 *
 * <p>Threading: one thread.
 */
public final class Text {
  private static final int[] NOTHING = {};

  private final boolean aligned;
  private byte[] bytes = new byte[1 << 8];
  private int[] starts;
  private int[] ends;
  private int length;
  private boolean first;
  private boolean continued;

  /**
   * An empty one.
   *
   * @param aligned whether it knows where its bytes come from
   */
  public Text(boolean aligned) {
    this.aligned = aligned;
    starts = aligned ? new int[bytes.length] : NOTHING;
    ends = aligned ? new int[bytes.length] : NOTHING;
  }

  /**
   * A text by itself, which doesn't know where its bytes come from.
   *
   * @param tokenizer what messages call the tokenizer
   * @throws io.github.llm4j.api.error.LlmException if it holds half a surrogate pair
   */
  public static Text of(String tokenizer, String whole) {
    return of(tokenizer, whole, false);
  }

  /**
   * The same of a piece.
   *
   * @param continued whether it goes on with a piece of a long text
   */
  public static Text of(String tokenizer, String piece, boolean continued) {
    Text text = new Text(false);
    text.set(
        piece.toCharArray(),
        piece.length(),
        continued ? 1 : 0,
        continued,
        () -> Surrogates.lone(tokenizer, piece));
    return text;
  }

  /**
   * A text by itself, which knows where its bytes come from.
   *
   * @param tokenizer what messages call the tokenizer
   * @throws io.github.llm4j.api.error.LlmException if it holds half a surrogate pair
   */
  public static Text aligned(String tokenizer, String whole) {
    Text text = new Text(true);
    text.set(
        whole.toCharArray(), whole.length(), 0, false, () -> Surrogates.lone(tokenizer, whole));
    return text;
  }

  /** Whether it knows where its bytes come from. */
  public boolean aligned() {
    return aligned;
  }

  /** The buffer, valid up to {@link #length} until something is appended. */
  public byte[] bytes() {
    return bytes;
  }

  /** Number of bytes. */
  public int length() {
    return length;
  }

  /** Bytes that the buffer has room for. */
  public int capacity() {
    return bytes.length;
  }

  /** Whether the text as it was written begins where the byte at {@code from} does. */
  public boolean isFirst(int from) {
    return first && from == 0;
  }

  /**
   * Whether what begins at {@code from} only goes on with a piece of a long text that was handed on
   * before: nothing is put before it.
   */
  public boolean isContinued(int from) {
    return continued && from == 0;
  }

  /** First char, in the text as it was written, of what the byte stands for. */
  public int start(int at) {
    return starts[at];
  }

  /** Char behind the last, in the text as it was written, of what the byte stands for. */
  public int end(int at) {
    return ends[at];
  }

  /** Empties it. */
  public void clear() {
    length = 0;
    first = false;
    continued = false;
  }

  /** Empties it for what is made of the bytes of another from {@code from} on. */
  public void clearFor(Text source, int from) {
    length = 0;
    first = source.isFirst(from);
    continued = source.isContinued(from);
  }

  /**
   * Becomes a part of a text as it was written.
   *
   * @param chars the part
   * @param from place of the part in the whole
   * @param continued whether a piece of the same text came before
   * @throws io.github.llm4j.api.error.LlmException if it holds half a surrogate pair
   */
  void set(char[] chars, int count, int from, boolean continued, Surrogates.Refusal refusal) {
    clear();
    first = from == 0;
    this.continued = continued;
    room(Math.multiplyExact(count, 3));
    int at = 0;
    for (int i = 0; i < count; i++) {
      char c = chars[i];
      if (c < 0x80) {
        if (aligned) {
          starts[at] = from + i;
          ends[at] = from + i + 1;
        }
        bytes[at++] = (byte) c;
        continue;
      }
      int codePoint = c;
      int units = 1;
      if (Character.isSurrogate(c)) {
        if (i + 1 == count || !Character.isSurrogatePair(c, chars[i + 1])) {
          throw refusal.lone();
        }
        codePoint = Character.toCodePoint(c, chars[i + 1]);
        units = 2;
      }
      int end = Utf8.put(codePoint, bytes, at);
      if (aligned) {
        Arrays.fill(starts, at, end, from + i);
        Arrays.fill(ends, at, end, from + i + units);
      }
      at = end;
      i += units - 1;
    }
    length = at;
  }

  /** Appends bytes of another text, which come from where they come from there. */
  public void append(Text source, int from, int to) {
    room(to - from);
    System.arraycopy(source.bytes, from, bytes, length, to - from);
    if (aligned) {
      System.arraycopy(source.starts, from, starts, length, to - from);
      System.arraycopy(source.ends, from, ends, length, to - from);
    }
    length += to - from;
  }

  /**
   * Appends a character that stands for bytes of another text.
   *
   * @param from first of them
   * @param to behind the last; if it is {@code from}, the character stands for nothing, which lies
   *     before the byte at {@code from}
   */
  public void append(int codePoint, Text source, int from, int to) {
    room(4);
    int end = Utf8.put(codePoint, bytes, length);
    align(end, source, from, to);
  }

  /** Appends bytes, whole characters, that stand for bytes of another text. */
  public void append(byte[] utf8, int at, int count, Text source, int from, int to) {
    room(count);
    System.arraycopy(utf8, at, bytes, length, count);
    align(length + count, source, from, to);
  }

  /**
   * The last character here also stands for what comes behind it in another text; nothing happens
   * if there is no character.
   *
   * @param to byte, in the other text, behind what it stands for
   */
  public void extendLast(Text source, int to) {
    if (aligned && length > 0) {
      int start = starts[length - 1];
      for (int i = length - 1; i >= 0 && starts[i] == start; i--) {
        ends[i] = source.ends[to - 1];
      }
    }
  }

  private void align(int end, Text source, int from, int to) {
    if (aligned) {
      int start = from < source.length ? source.starts[from] : source.endOfAll();
      int last = from < to ? source.ends[to - 1] : start;
      Arrays.fill(starts, length, end, start);
      Arrays.fill(ends, length, end, last);
    }
    length = end;
  }

  private int endOfAll() {
    return length == 0 ? 0 : ends[length - 1];
  }

  private void room(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, bytes.length * 2L));
      bytes = Arrays.copyOf(bytes, capacity);
      if (aligned) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
      }
    }
  }
}
