package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The trie against a map. */
class PieceTrieTest {

  @Test
  void piecesAreFoundAndNothingElse() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int count : new int[] {1, 2, 300, 20_000}) {
      byte[][] pieces = new byte[count][];
      Map<String, Integer> ids = new HashMap<>();
      for (int id = 0; id < count; id++) {
        pieces[id] = bytes(random);
        ids.put(text(pieces[id]), id);
      }
      ids.remove("");
      PieceTrie trie = PieceTrie.of(pieces);
      ids.forEach(
          (piece, id) -> {
            byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(id, trie.find(bytes, 0, bytes.length), "seed " + seed);
          });
      for (int i = 0; i < 1000; i++) {
        byte[] bytes = bytes(random);
        int expected = ids.getOrDefault(text(bytes), -1);
        assertEquals(expected, trie.find(bytes, 0, bytes.length), "seed " + seed);
      }
    }
  }

  @Test
  void aPieceMayBeAMegabyteLong() {
    byte[] large = new byte[1 << 20];
    PieceTrie trie = PieceTrie.of(new byte[][] {{0}, large, {0, 0}});
    assertEquals(1, trie.find(large, 0, large.length));
    assertEquals(-1, trie.find(large, 0, large.length - 1));
    assertEquals(2, trie.find(large, 0, 2));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(12)];
    int letters = 1 << 1 + random.nextInt(8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(letters);
    }
    return bytes;
  }
}
