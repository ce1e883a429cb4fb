package io.github.llm4j.tokenizers;

import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.util.Random;

/** Random texts over all of Unicode: every plane, controls, unassigned, never half a pair. */
final class RandomText {
  private RandomText() {}

  static String of(Random random, int codePoints) {
    StringBuilder text = new StringBuilder();
    while (codePoints > 0) {
      int bound = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
      int c = random.nextInt(bound);
      if (!Surrogates.isSurrogate(c)) {
        text.appendCodePoint(c);
        codePoints--;
      }
    }
    return text.toString();
  }
}
