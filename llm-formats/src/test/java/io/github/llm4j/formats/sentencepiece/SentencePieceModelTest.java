package io.github.llm4j.formats.sentencepiece;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.formats.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePieceModelTest {
  private static final NormalizerSpec NORMALIZER =
      new NormalizerSpec("mine", new byte[] {1, 0, (byte) 0xFF}, false, false, true, "41\t42\n");

  @TempDir Path folder;

  static SentencePieceModel model() {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece("<unk>", 0, PieceType.UNKNOWN));
    pieces.add(new Piece("<s>", 0, PieceType.CONTROL));
    pieces.add(new Piece("</s>", 0, PieceType.CONTROL));
    pieces.add(new Piece("<sep>", 0, PieceType.USER_DEFINED));
    for (int i = 0; i < 256; i++) {
      pieces.add(new Piece("<0x%02X>".formatted(i), 0, PieceType.BYTE));
    }
    pieces.add(new Piece("\u2581a\u00e4\ud83d\ude00", -1.5f, PieceType.NORMAL));
    pieces.add(new Piece("old", -3e38f, PieceType.UNUSED));
    TrainerSpec trainer =
        new TrainerSpec(
            ModelType.BPE,
            262,
            List.of("<mask>", ""),
            List.of("<sep>"),
            true,
            true,
            0,
            1,
            2,
            -1,
            "<unk>",
            "<s>",
            "</s>",
            "<pad>",
            " ? ");
    return new SentencePieceModel(pieces, trainer, NORMALIZER, NORMALIZER);
  }

  static void assertSame(SentencePieceModel expected, SentencePieceModel found) {
    assertEquals(expected.pieces(), found.pieces());
    assertEquals(expected.trainer(), found.trainer());
    assertSame(expected.normalizer(), found.normalizer());
    if (expected.denormalizer() == null || found.denormalizer() == null) {
      assertEquals(expected.denormalizer(), found.denormalizer());
    } else {
      assertSame(expected.denormalizer(), found.denormalizer());
    }
  }

  private static void assertSame(NormalizerSpec expected, NormalizerSpec found) {
    assertArrayEquals(expected.charsmap(), found.charsmap());
    assertEquals(without(expected), without(found));
  }

  private static NormalizerSpec without(NormalizerSpec spec) {
    return new NormalizerSpec(
        spec.name(),
        NormalizerSpec.DEFAULT.charsmap(),
        spec.addDummyPrefix(),
        spec.removeExtraWhitespaces(),
        spec.escapeWhitespaces(),
        spec.rules());
  }

  @Test
  void writesWhatItReads() throws IOException {
    Path file = folder.resolve("x.model");
    model().write(file);
    assertSame(model(), SentencePieceModel.read(file));
    assertArrayEquals(model().toBytes(), Files.readAllBytes(file));
    try (var left = Files.list(folder)) {
      assertEquals(1, left.count(), "nothing temporary is left");
    }
  }

  @Test
  void takesDefaultsAndGoesOverWhatItDoesNotKnow() throws IOException {
    WireWriter unknown =
        new WireWriter().text(1, "<unk>").int32(3, 2).single(99, 1).bytes(200, new byte[300]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new WireWriter().message(1, unknown).message(4, unknown).toBytes());
    bytes.writeBytes(new byte[] {(byte) 0xC9, 0x0C, 1, 2, 3, 4, 5, 6, 7, 8}); // field 201, 64 bits
    SentencePieceModel model = SentencePieceModel.parse("x", bytes.toByteArray());
    assertEquals(List.of(new Piece("<unk>", 0, PieceType.UNKNOWN)), model.pieces());
    assertEquals(TrainerSpec.DEFAULT, model.trainer());
    assertSame(NormalizerSpec.DEFAULT, model.normalizer());
  }

  /** A message that comes twice is one whose fields stand behind each other. */
  @Test
  void addsWhatComesAgain() throws IOException {
    byte[] unknown = new WireWriter().text(1, "<unk>").int32(3, 2).toBytes();
    byte[] bytes =
        new WireWriter()
            .bytes(1, unknown)
            .message(2, new WireWriter().int32(3, 2).int32(4, 7).text(30, "a"))
            .message(2, new WireWriter().int32(4, 8).text(30, "b").int32(43, -1))
            .message(5, new WireWriter().text(1, "d"))
            .message(5, new WireWriter().flag(3, false))
            .toBytes();
    SentencePieceModel model = SentencePieceModel.parse("x", bytes);
    assertEquals(ModelType.BPE, model.trainer().modelType());
    assertEquals(8, model.trainer().vocabSize());
    assertEquals(List.of("a", "b"), model.trainer().controlSymbols());
    assertEquals(-1, model.trainer().padId());
    NormalizerSpec denormalizer = Objects.requireNonNull(model.denormalizer());
    assertEquals("d", denormalizer.name());
    assertEquals(false, denormalizer.addDummyPrefix());
  }

  private static void refused(byte[] bytes, String part) {
    FormatException e =
        assertThrows(FormatException.class, () -> SentencePieceModel.parse("x.model", bytes));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("x.model: "), message);
    assertTrue(message.contains(part), message);
  }

  private static byte[] hex(String hex) {
    return java.util.HexFormat.of().parseHex(hex.replace(" ", "").toLowerCase(Locale.ROOT));
  }

  @Test
  void refusesWhatIsNoMessage() {
    refused(hex(""), "found 0 of 0");
    refused("{\"version\"".getBytes(StandardCharsets.US_ASCII), "JSON");
    refused("version https://git-lfs".getBytes(StandardCharsets.US_ASCII), "LFS");
    refused(hex("0a"), "byte 1: expected all bytes of a length, found the end");
    refused(hex("0a 05 0a"), "byte 1: expected a length of field 1 of at most 1 bytes, found 5");
    refused(hex("0a ff ff ff ff ff ff ff ff ff 01"), "found 18446744073709551615");
    refused(
        hex("0a ff ff ff ff ff ff ff ff ff 02"), "byte 1: expected a length in at most 64 bits");
    refused(hex("0a ff ff ff ff ff ff ff ff ff ff 00"), "byte 1: expected a length in at most 64");
    refused(hex("0a 03 0a 7f 41"), "byte 3: expected a length of field 1 of at most 1 bytes");
    refused(hex("0a 03 0a 01 ff"), "byte 4: expected a piece's text in UTF-8");
    refused(hex("0a 04 15 00 00 00"), "byte 3: expected 4 bytes of field 2, found the end after 3");
    refused(
        hex("0a 02 08 01"), "byte 2: expected a piece's text as wire type 2, found wire type 0");
    refused(hex("08 01"), "byte 0: expected a piece as wire type 2");
    refused(hex("0a 02 18 07"), "byte 2: expected a type of a piece from 1 to 6, found 7");
    refused(hex("12 02 18 05"), "expected a model_type from 1 to 4, found 5");
    refused(hex("02 00"), "byte 0: expected a field's number");
    refused(hex("82 80 80 80 80 01 00"), "byte 0: expected a field's number");
    refused(hex("7b"), "JSON");
    refused(hex("0b 0c"), "byte 0: expected field 1 as a number or with a length, found a group");
    refused(hex("0c"), "a group");
    refused(hex("0e"), "wire type 6");
    refused(hex("29 00"), "expected a denormalizer as wire type 2");
    refused(hex("39 00"), "byte 1: expected 8 bytes of field 7");
  }

  @Test
  void refusesWhatSentencePieceWouldRefuse() {
    SentencePieceModel model = model();
    Piece normal = new Piece("a", 0, PieceType.NORMAL);
    refused(model, new Piece("", 0, PieceType.NORMAL), "piece 262: expected a text and a score");
    refused(model, new Piece("a", Float.NaN, PieceType.NORMAL), "piece 262: expected a text");
    refused(model, new Piece("old", 0, PieceType.NORMAL), "piece 262: expected a text of its own");
    refused(model, new Piece("u", 0, PieceType.UNKNOWN), "expected one piece of type UNKNOWN");
    refused(model, new Piece("<0xG0>", 0, PieceType.BYTE), "piece 262: expected a byte");
    TrainerSpec none = TrainerSpec.of(ModelType.BPE, 1, false);
    SentencePieceModel bytes = new SentencePieceModel(model.pieces(), none, NORMALIZER, null);
    assertThrows(IllegalArgumentException.class, bytes::toBytes);
    TrainerSpec fallback = TrainerSpec.of(ModelType.BPE, 1, true);
    Piece unknown = new Piece("<unk>", 0, PieceType.UNKNOWN);
    SentencePieceModel few =
        new SentencePieceModel(List.of(unknown, normal), fallback, NORMALIZER, null);
    assertThrows(IllegalArgumentException.class, () -> few.write(folder.resolve("x.model")));
    // apart from texts, a name may be one of theirs
    new SentencePieceModel(
            List.of(unknown, new Piece("<unk>", 0, PieceType.NORMAL)), none, NORMALIZER, null)
        .toBytes();
  }

  private static void refused(SentencePieceModel model, Piece piece, String part) {
    List<Piece> pieces = new ArrayList<>(model.pieces());
    pieces.add(piece);
    SentencePieceModel wrong =
        new SentencePieceModel(pieces, model.trainer(), model.normalizer(), null);
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, wrong::toBytes);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    if (!Float.isNaN(piece.score()) || part.contains("score")) {
      WireWriter out = new WireWriter();
      for (Piece one : pieces) {
        out.message(
            1,
            new WireWriter()
                .text(1, one.text())
                .single(2, one.score())
                .int32(3, one.type().code()));
      }
      out.message(2, new WireWriter().flag(35, true));
      refused(out.toBytes(), part);
    }
  }

  @Test
  void anyChangeOfAFileIsReadOrRefusedByName() {
    byte[] valid = model().toBytes();
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] changed = valid.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[random.nextInt(changed.length)] =
            (byte) (random.nextBoolean() ? random.nextInt(16) : random.nextInt(256));
      }
      if (random.nextInt(4) == 0) {
        changed = Arrays.copyOf(changed, random.nextInt(2 * changed.length));
      }
      try {
        SentencePieceModel model = SentencePieceModel.parse("x.model", changed);
        assertSame(model, SentencePieceModel.parse("x.model", model.toBytes()));
        read++;
      } catch (FormatException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("x.model: "), "seed " + seed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
    assertTrue(read > 100, "read " + read);
  }

  /** A cut between two pieces can't be seen; any other is. */
  @Test
  void everyCutIsRefusedOrLeavesWholePieces() {
    byte[] valid = model().toBytes();
    int whole = 0;
    for (int length = 0; length < valid.length; length++) {
      try {
        SentencePieceModel cut = SentencePieceModel.parse("x.model", Arrays.copyOf(valid, length));
        assertEquals(cut.pieces(), model().pieces().subList(0, cut.pieces().size()));
        whole++;
      } catch (FormatException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("x.model: "), e.getMessage());
      }
    }
    assertTrue(whole < 10, "read " + whole); // behind each of the first 4 pieces, and at the end
  }
}
