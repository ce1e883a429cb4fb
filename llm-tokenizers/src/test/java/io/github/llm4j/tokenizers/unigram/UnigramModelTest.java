package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.formats.sentencepiece.Piece;
import io.github.llm4j.formats.sentencepiece.PieceType;
import io.github.llm4j.tokenizers.unigram.Collected.Token;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Unknown text, bytes and kinds of pieces. */
class UnigramModelTest {

  private static List<String> withBytes(String... pieces) {
    List<String> all = new ArrayList<>(List.of(pieces));
    for (int b = 0; b < 256; b++) {
      all.add("<0x%02X>".formatted(b));
    }
    return all;
  }

  @Test
  void unknownTextBecomesItsBytes() {
    List<String> pieces = withBytes("<unk>", "a");
    UnigramModel model = UnigramModel.ofDoubles(pieces, new double[pieces.size()], 0, true);
    assertEquals(
        List.of(
            new Token(1, 0, 1),
            new Token(2 + 0xC3, 1, 4),
            new Token(2 + 0xA4, 1, 4),
            new Token(2 + 'b', 1, 4),
            new Token(1, 4, 5)),
        Collected.of(model.open(), "aäba"));
    assertArrayEquals(new int[] {0}, Collected.ids(model, "<unk>"));
  }

  @Test
  void unknownTextStaysUnknownWithoutAllOfItsBytes() {
    List<String> pieces = List.of("a", "<unk>", "<0xC3>");
    UnigramModel model = UnigramModel.ofDoubles(pieces, new double[3], 1, true);
    assertArrayEquals(new int[] {0, 1}, Collected.ids(model, "aä"));
  }

  @Test
  void unknownTextIsAnErrorWhereItHasNoId() {
    UnigramModel model = UnigramModel.ofDoubles(List.of("a"), new double[1], -1, false);
    Session session = model.open();
    LlmException e = assertThrows(LlmException.class, () -> Collected.of(session, "aäa"));
    assertTrue(String.valueOf(e.getMessage()).contains("found \"ä\""), e.getMessage());
    assertEquals(2, Collected.of(session, "aa").size(), "after the error");
  }

  @Test
  void whatAPieceIsDecidesWhetherItIsFound() {
    List<Piece> pieces =
        List.of(
            new Piece("<unk>", 0, PieceType.UNKNOWN),
            new Piece("<s>", 0, PieceType.CONTROL),
            new Piece("s", -1, PieceType.NORMAL),
            new Piece("<", -1, PieceType.NORMAL),
            new Piece(">", -1, PieceType.NORMAL),
            new Piece("ab", -9, PieceType.USER_DEFINED),
            new Piece("a", -1, PieceType.NORMAL),
            new Piece("b", -1, PieceType.NORMAL),
            new Piece("old", 0, PieceType.UNUSED));
    UnigramModel model = UnigramModel.ofFloats(pieces, false);
    assertArrayEquals(new int[] {3, 2, 4}, Collected.ids(model, "<s>"));
    assertArrayEquals(new int[] {5, 6}, Collected.ids(model, "aba"));
    assertArrayEquals(new int[] {0}, Collected.ids(model, "old"));
  }

  @Test
  void impossibleModelsAreRefused() {
    for (double score : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e30}) {
      assertThrows(
          LlmException.class,
          () -> UnigramModel.ofDoubles(List.of("a"), new double[] {score}, -1, false));
    }
    assertThrows(
        LlmException.class, () -> UnigramModel.ofDoubles(List.of(), new double[0], -1, false));
    assertThrows(
        LlmException.class, () -> UnigramModel.ofDoubles(List.of("a"), new double[1], 1, false));
    List<Piece> pieces =
        List.of(new Piece("<unk>", 0, PieceType.UNKNOWN), new Piece("a", 0, PieceType.NORMAL));
    assertThrows(LlmException.class, () -> UnigramModel.ofFloats(pieces, true));
  }
}
