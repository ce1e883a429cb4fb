package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Character BPE and WordPiece that were learned. */
class LearnedTokenizersTest {
  private static final List<String> LLAMA = List.of("<unk>", "<s>", "</s>");
  private static final List<String> BERT = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private final BpeProvider bpe = new BpeProvider();
  private final WordPieceProvider wordPiece = new WordPieceProvider();

  private static TokenizerContext context(String text) {
    return new TokenizerContext(List.of(() -> new StringReader(text)));
  }

  private Tokenizer bpe(int vocabSize, double coverage, String text) {
    return bpe.create(new BpeSettings(vocabSize, LLAMA, 2, coverage, true), context(text));
  }

  private Tokenizer wordPiece(int vocabSize, boolean lowercase, String text) {
    return wordPiece.create(
        new WordPieceSettings(vocabSize, lowercase, BERT, 2, 1000), context(text));
  }

  @Test
  void idsOfPairsAreSpecialTokensThenBytesThenCharactersThenMerges() {
    // characters: a b c ▁; merges: a+b, ▁+ab, ▁ab+c
    Tokenizer tokenizer = bpe(3 + 256 + 4 + 3, 1, "ab abc abc abc ab ab abc");
    assertEquals(266, tokenizer.vocabSize());
    assertEquals(Map.of("<unk>", 0, "<s>", 1, "</s>", 2), tokenizer.specialTokens());
    assertArrayEquals(new int[] {264, 265, 265}, tokenizer.encode("ab abc abc"));
    assertArrayEquals(new int[] {1, 262, 259, 261, 2}, tokenizer.encode("<s>ac</s>"));
    assertArrayEquals(new int[] {262, 259, 3 + 0xC3, 3 + 0xA9}, tokenizer.encode("aé"));
    assertEquals("aé abc", tokenizer.decode(tokenizer.encode("aé abc")));
  }

  @Test
  void rareCharactersBecomeBytes() {
    String text = "ab ".repeat(2000) + "z";
    Tokenizer tokenizer = bpe(400, 0.9995, text);
    assertArrayEquals(new int[] {3 + 'z'}, last(tokenizer.encode("ab z"), 1));
    assertTrue(last(bpe(400, 1, text).encode("ab z"), 1)[0] >= 259);
  }

  private static int[] last(int[] ids, int count) {
    return java.util.Arrays.copyOfRange(ids, ids.length - count, ids.length);
  }

  @Test
  void everyTextComesBackFromPairs() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Tokenizer tokenizer =
        bpe(420, 0.99, "some text, and\nsome more text: über 12 and 123!\n".repeat(9));
    Tokenizer again = bpe.restore(bpe.save(tokenizer));
    for (int i = 0; i < 200; i++) {
      String text = RandomText.of(random, random.nextInt(40)).replace('▁', '_') + " some text\n";
      assertEquals(text, tokenizer.decode(tokenizer.encode(text)), "seed " + seed);
      assertArrayEquals(tokenizer.encode(text), again.encode(text));
    }
  }

  @Test
  void wordPiecesAreSpecialTokensThenCharactersThenMerges() {
    // a b c, ##b ##c; then a+##b, ab+##c
    Tokenizer tokenizer = wordPiece(12, true, "ab abc ABC c ab, abc".replace(",", ""));
    assertEquals(12, tokenizer.vocabSize());
    assertArrayEquals(new int[] {11, 10, 7, 1}, tokenizer.encode("ABC ab c x"));
    assertArrayEquals(new int[] {2, 5, 9, 3}, tokenizer.encode("[CLS] ac [SEP]"));
    Tokenizer again = wordPiece.restore(wordPiece.save(tokenizer));
    assertArrayEquals(tokenizer.encode("abc ab"), again.encode("abc ab"));
    assertEquals(12, again.vocabSize());
    assertEquals("wordpiece", Tokenizers.type(again));
  }

  @Test
  void threadsChangeNothing() {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      text.append("etaoin shrdlu\n".charAt(random.nextInt(14)));
    }
    BpeSettings settings = new BpeSettings(500, LLAMA, 2, 1, true);
    String alone = bpe.save(bpe.create(settings, context(text.toString())));
    try (WorkerPool pool = new WorkerPool(3)) {
      TokenizerContext context =
          new TokenizerContext(
              List.of(() -> new StringReader(text.toString())), pool, (unit, done, total) -> true);
      assertEquals(alone, bpe.save(bpe.create(settings, context)));
    }
  }

  @Test
  void whatCannotBeLearnedIsRefused() {
    assertTrue(refused(() -> bpe(400, 1, "")).contains("found empty text"));
    assertTrue(refused(() -> bpe(262, 1, "abcdef")).contains("vocab-size of 266 or more expected"));
    assertTrue(refused(() -> wordPiece(9, true, "abcdef")).contains("vocab-size of 16 or more"));
    assertThrows(SettingsException.class, () -> new BpeSettings(259, LLAMA, 2, 1, true));
    assertThrows(SettingsException.class, () -> new BpeSettings(400, LLAMA, 2, 0, true));
    assertThrows(SettingsException.class, () -> new BpeSettings(400, List.of("<s>"), 2, 1, false));
    assertThrows(
        SettingsException.class, () -> new WordPieceSettings(400, true, List.of("[CLS]"), 2, 1000));
    assertThrows(SettingsException.class, () -> new WordPieceSettings(400, true, BERT, 2, 0));
    TokenizerContext stopped =
        new TokenizerContext(
            List.of(() -> new StringReader("a b c")), Workers.caller(), (u, d, t) -> false);
    assertThrows(
        CancellationException.class,
        () -> wordPiece.create(new WordPieceSettings(400, true, BERT, 2, 9), stopped));
  }

  private static String refused(org.junit.jupiter.api.function.Executable learning) {
    return assertThrows(LlmException.class, learning).getMessage();
  }
}
