package io.github.llm4j.api.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** Known answers of Salmon et al.'s published test vectors, and how elements get their words. */
class PhiloxTest {

  private static int[] block(int k0, int k1, int... counter) {
    Philox.block(k0, k1, counter);
    return counter;
  }

  @Test
  void hasItsKnownAnswers() {
    int[] zeros = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    assertArrayEquals(zeros, block(0, 0, 0, 0, 0, 0));
    int[] ones = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    assertArrayEquals(ones, block(-1, -1, -1, -1, -1, -1));
  }

  @Test
  void fourElementsShareACounter() {
    int[] words = block(42, 7, 3, 11, 25, 0);
    for (int i = 0; i < 4; i++) {
      assertEquals(words[i], Philox.word(42, 7, 3, 11, 100 + i));
    }
    assertNotEquals(words[0], Philox.word(42, 7, 3, 11, 104));
  }

  @Test
  void bothHalvesOfTheSeedCount() {
    assertNotEquals(Philox.word(1, 0, 0, 0, 0), Philox.word(1L << 32 | 1, 0, 0, 0, 0));
    assertNotEquals(Philox.word(1, 0, 0, 0, 0), Philox.word(1, 0, 0, 0, 1L << 34));
  }

  @Test
  void uniformIsBelowOne() {
    assertEquals(0, Philox.uniform(0));
    assertEquals(1 - 0x1p-24f, Philox.uniform(-1));
  }
}
