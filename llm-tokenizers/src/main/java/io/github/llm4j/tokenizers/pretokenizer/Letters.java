package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
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

  /** How far the words have come, in the letters and in the text. */
  private int letter;

  private int at;

  private Text whole = letters;

  /**
   * A stage that hands on the words of the text that become words of its letters.
   *
   * @param behind puts what cuts the letters before a stage
   */
  Letters(Stage next, UnaryOperator<Stage> behind) {
    this.stages = behind.apply((text, from, to) -> next.take(whole, place(from), place(to)));
  }

  /** Place in the text of a place in the letters, no earlier than the one before. */
  private int place(int wanted) {
    byte[] utf8 = letters.bytes();
    while (letter < wanted) {
      letter += Utf8.lengthAt(utf8[letter]);
      at++;
    }
    return at;
  }

  @Override
  public void take(Text text, int from, int to) {
    whole = text;
    letter = 0;
    at = from;
    letters.clear();
    byte[] utf8 = text.bytes();
    for (int i = from; i < to; i++) {
      letters.append(LETTERS[utf8[i] & 0xFF], text, i, i + 1);
    }
    stages.take(letters, 0, letters.length());
  }
}
