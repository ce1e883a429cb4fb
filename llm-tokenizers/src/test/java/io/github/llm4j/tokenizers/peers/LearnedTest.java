package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.tokenizers.BpeProvider;
import io.github.llm4j.tokenizers.BpeSettings;
import io.github.llm4j.tokenizers.Tokenizers;
import io.github.llm4j.tokenizers.WordPieceProvider;
import io.github.llm4j.tokenizers.WordPieceSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we learned and saved, opened by the library of the format. */
class LearnedTest {
  private static final String TEXT =
      """
      The cat sat on the mat, and the cats of the matron sat on hats that matter.
      Über naïve Katzen: 12 von 123, 日本語の猫, 😀 don't.  Two  blanks\tand a tab.

      """
          .repeat(7);

  @TempDir Path folder;

  private static TokenizerContext context() {
    return new TokenizerContext(List.of(() -> new StringReader(TEXT)));
  }

  private void compare(Tokenizer ours) throws IOException {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Path json = folder.resolve("tokenizer.json");
    Files.writeString(json, Tokenizers.json(ours));
    Tokenizer again = Tokenizers.open(json);
    assertEquals(Tokenizers.type(ours), Tokenizers.type(again));
    try (HuggingFacePeer theirs = new HuggingFacePeer(json)) {
      for (int i = 0; i < 300; i++) {
        int from = random.nextInt(TEXT.length() - 40);
        String text =
            i % 2 == 0 ? Texts.random(random, random.nextInt(12)) : part(from, random.nextInt(40));
        int[] expected = theirs.ids(text);
        assertArrayEquals(expected, ours.encode(text), () -> seed + ": " + text);
        assertArrayEquals(expected, again.encode(text), () -> seed + ": " + text);
      }
    }
  }

  private static String part(int from, int length) {
    int start = Character.isLowSurrogate(TEXT.charAt(from)) ? from + 1 : from;
    int end = start + length;
    return TEXT.substring(start, Character.isLowSurrogate(TEXT.charAt(end)) ? end + 1 : end);
  }

  @Test
  void wordPiece() throws IOException {
    for (boolean lowercase : List.of(true, false)) {
      WordPieceSettings settings =
          new WordPieceSettings(
              220, lowercase, List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"), 2, 40);
      compare(new WordPieceProvider().create(settings, context()));
    }
  }

  @Test
  void characterPairs() throws IOException {
    for (boolean fallback : List.of(true, false)) {
      BpeSettings settings =
          new BpeSettings(400, List.of("<unk>", "<s>", "</s>"), 2, 0.99, fallback);
      compare(new BpeProvider().create(settings, context()));
    }
  }
}
