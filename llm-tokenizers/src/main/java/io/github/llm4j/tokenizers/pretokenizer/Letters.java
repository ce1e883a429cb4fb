package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * What stands behind ByteLevel in a sequence sees each byte as a letter of its own: a printable
 * character of ASCII or Latin-1 as itself, the others from U+0100 on in their order. Radford et al.
 * 2019, encoder.py. Threading: one thread.
 */
final class Letters implements Stage {
  private static final char[] LETTERS = new char[256];

  static {
    char next = 0x100;
    for (int b = 0; b < LETTERS.length; b++) {
      boolean printable = (b > ' ' && b < 0x7F) || (b > 0xA0 && b != 0xAD);
      LETTERS[b] = printable ? (char) b : next++;
    }
  }

  private final Text letters = new Text(false);
  private final Stage stages;

  /** Byte of the piece that each byte of the letters belongs to. */
  private int[] places = new int[64];

  private Text whole = letters;
  private int start;

  /**
   * A stage that hands on the words of the text that become words of its letters.
   *
   * @param behind puts what cuts the letters before a stage
   */
  Letters(Stage next, UnaryOperator<Stage> behind) {
    this.stages =
        behind.apply(
            (text, from, to) -> next.take(whole, start + places[from], start + places[to]));
  }

  @Override
  public void take(Text text, int from, int to) {
    whole = text;
    start = from;
    letters.clear();
    int most = Math.addExact(Math.multiplyExact(2, to - from), 1);
    if (places.length < most) {
      places = Arrays.copyOf(places, Math.max(most, 2 * places.length));
    }
    byte[] utf8 = text.bytes();
    for (int i = from; i < to; i++) {
      int at = letters.length();
      letters.append(LETTERS[utf8[i] & 0xFF], text, i, i + 1);
      Arrays.fill(places, at, letters.length(), i - from);
    }
    places[letters.length()] = to - from;
    stages.take(letters, 0, letters.length());
  }
}
