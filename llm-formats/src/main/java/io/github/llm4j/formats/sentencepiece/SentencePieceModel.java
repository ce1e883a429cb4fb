package io.github.llm4j.formats.sentencepiece;

import io.github.llm4j.formats.FormatException;
import io.github.llm4j.formats.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SentencePiece model: a vocabulary and what is done to texts before they are cut.
 *
 * <p>What is read and what is written is checked as SentencePiece checks it when it opens a model:
 * no piece is empty or there twice (in texts, and apart from them), one is unknown, and there are
 * either 256 byte pieces with {@code byte_fallback}, or none without. The numbers of fields are
 * those of sentencepiece_model.proto; samples for self-tests and settings that matter in training
 * alone are gone over, and not written.
 *
 * @param pieces the vocabulary; a place in the list is an id
 * @param trainer how the model was trained
 * @param normalizer what is done to texts before they are cut
 * @param denormalizer what is done to decoded texts, null if nothing
 */
public record SentencePieceModel(
    List<Piece> pieces,
    TrainerSpec trainer,
    NormalizerSpec normalizer,
    @Nullable NormalizerSpec denormalizer) {
  private static final int MAX_BYTES = 1 << 28;

  /** Copies the list. */
  public SentencePieceModel {
    pieces = List.copyOf(pieces);
  }

  /**
   * Reads a file.
   *
   * @throws FormatException if it isn't a valid model, or larger than 256 MiB
   * @throws IOException if it can't be read
   */
  public static SentencePieceModel read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new FormatException(
            "%s: expected at most %d bytes, found %d.".formatted(file, MAX_BYTES, size));
      }
      bytes = in.readNBytes(MAX_BYTES);
    }
    return parse(file.toString(), bytes);
  }

  /**
   * Reads a model that is in memory. Linear in its bytes.
   *
   * @param file what messages call it
   * @throws FormatException if it isn't a valid model
   */
  public static SentencePieceModel parse(String file, byte[] bytes) throws FormatException {
    String begin = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
    if (begin.startsWith("{") || begin.startsWith("version http")) {
      throw new FormatException(
          file
              + ": byte 0: expected a SentencePiece model, found "
              + (begin.startsWith("{") ? "JSON." : "a pointer of Git LFS, not the file itself."));
    }
    SentencePieceModel model = new ModelReader().model(new WireReader(file, bytes));
    String problem = model.problem();
    if (problem != null) {
      throw new FormatException(file + ": " + problem);
    }
    return model;
  }

  /** What SentencePiece itself would refuse, null if nothing. */
  private @Nullable String problem() {
    Set<String> inTexts = new HashSet<>();
    Set<String> apart = new HashSet<>();
    int unknown = 0;
    int bytes = 0;
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      String where = "piece " + id + ": expected ";
      if (piece.text().isEmpty() || Float.isNaN(piece.score())) {
        return where + "a text and a score, found '" + shown(piece) + "', " + piece.score() + ".";
      }
      if (!(piece.type().inTexts() ? inTexts : apart).add(piece.text())) {
        return where + "a text of its own, found '" + shown(piece) + "' again.";
      }
      unknown += piece.type() == PieceType.UNKNOWN ? 1 : 0;
      if (piece.type() == PieceType.BYTE) {
        bytes++;
        if (!piece.text().matches("<0x[0-9A-F]{2}>")) {
          return where + "a byte as <0x00> to <0xFF>, found '" + shown(piece) + "'.";
        }
      }
    }
    if (unknown != 1) {
      return "expected one piece of type UNKNOWN, found " + unknown + " of " + pieces.size() + ".";
    }
    int expected = trainer.byteFallback() ? 256 : 0;
    return bytes == expected
        ? null
        : "byte_fallback = %b: expected %d pieces of type BYTE, found %d."
            .formatted(trainer.byteFallback(), expected, bytes);
  }

  private static String shown(Piece piece) {
    String plain = piece.text().replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
  }

  /**
   * Writes the model, over a file that is there: under a temporary name, forced to the disk, then
   * renamed.
   *
   * @throws IllegalArgumentException if SentencePiece would refuse it
   * @throws IOException if it can't be written; nothing is left then, the old file stays
   */
  public void write(Path file) throws IOException {
    byte[] bytes = toBytes();
    NewFile.write(file, channel -> NewFile.all(channel, ByteBuffer.wrap(bytes)));
  }

  /**
   * The model as the bytes of a file. The same model gives the same bytes.
   *
   * @throws IllegalArgumentException if SentencePiece would refuse it
   */
  public byte[] toBytes() {
    String problem = problem();
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    WireWriter out = new WireWriter();
    for (Piece piece : pieces) {
      WireWriter one = new WireWriter().text(1, piece.text()).single(2, piece.score());
      out.message(1, piece.type() == PieceType.NORMAL ? one : one.int32(3, piece.type().code()));
    }
    out.message(2, encoded(trainer)).message(3, encoded(normalizer));
    if (denormalizer != null) {
      out.message(5, encoded(denormalizer));
    }
    return out.toBytes();
  }

  private static WireWriter encoded(TrainerSpec spec) {
    WireWriter out = new WireWriter().int32(3, spec.modelType().code()).int32(4, spec.vocabSize());
    out.flag(24, spec.treatWhitespaceAsSuffix());
    spec.controlSymbols().forEach(symbol -> out.text(30, symbol));
    spec.userDefinedSymbols().forEach(symbol -> out.text(31, symbol));
    out.flag(35, spec.byteFallback());
    out.int32(40, spec.unkId()).int32(41, spec.bosId());
    out.int32(42, spec.eosId()).int32(43, spec.padId());
    out.text(44, spec.unkSurface());
    out.text(45, spec.unkPiece()).text(46, spec.bosPiece());
    return out.text(47, spec.eosPiece()).text(48, spec.padPiece());
  }

  private static WireWriter encoded(NormalizerSpec spec) {
    WireWriter out = new WireWriter().text(1, spec.name()).bytes(2, spec.charsmap());
    out.flag(3, spec.addDummyPrefix()).flag(4, spec.removeExtraWhitespaces());
    return out.flag(5, spec.escapeWhitespaces()).text(6, spec.rules());
  }
}
