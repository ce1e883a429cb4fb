package io.github.llm4j.tokenizers.unigram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.formats.sentencepiece.Piece;
import io.github.llm4j.formats.sentencepiece.PieceType;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pipeline.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unigram language model: pieces with log-probabilities, the probability of a segmentation being
 * the product of its pieces' (Kudo 2018, arXiv:1804.10959, equation 6). A text gets the most
 * probable segmentation; a character that begins no piece of its own may be unknown, at the least
 * score less 10.
 *
 * <p>There are two of them that give other ids now and then, and both are here: SentencePiece adds
 * floats from the beginning of the text on, Hugging Face's tokenizers adds doubles.
 *
 * <p>Threading: immutable, for any number of threads; one {@link Session} each.
 */
public final class UnigramModel implements TokenModel {
  private static final double UNKNOWN_PENALTY = 10;

  /** Sums over any text stay finite below this. */
  private static final double GREATEST_SCORE = 1e9;

  private static final byte[] NOTHING = {};

  private final List<PieceType> types;
  private final byte[][] pieces;
  private final double[] given;
  private final double[] scores;
  private final int[] lengths;
  private final PieceTrie trie;
  private final double unknownScore;
  private final double greatest;
  private final boolean single;
  private final int unknown;
  private final int[] byteIds;
  private final int longest;
  private final boolean partsAtMeta;

  /** Takes ids with the bytes they stand for. */
  public interface Sink {
    /**
     * Takes an id.
     *
     * @param from its first byte
     * @param to the byte behind its last
     */
    void add(int id, int from, int to);
  }

  private UnigramModel(
      byte[][] pieces,
      byte[][] found,
      double[] given,
      double[] scores,
      double least,
      boolean single,
      int unknown,
      int[] byteIds,
      List<PieceType> types) {
    this.types = List.copyOf(types);
    this.pieces = pieces;
    this.given = given;
    this.scores = scores;
    this.single = single;
    this.unknown = unknown;
    this.byteIds = byteIds;
    double penalized = least - UNKNOWN_PENALTY;
    this.unknownScore = single ? (float) penalized : penalized;
    double most = Math.abs(unknownScore);
    for (double score : scores) {
      most = Math.max(most, Math.abs(score));
    }
    this.greatest = most;
    this.lengths = new int[pieces.length];
    int length = 0;
    boolean parts = true;
    for (int id = 0; id < found.length; id++) {
      lengths[id] = found[id].length;
      length = Math.max(length, lengths[id]);
      parts &= !Meta.isInside(found[id]);
    }
    this.longest = length;
    this.partsAtMeta = parts;
    this.trie = PieceTrie.of(found);
  }

  /**
   * A model as Hugging Face's tokenizers computes it: sums of doubles, every piece is found.
   *
   * @param pieces by id; of equal ones the last counts
   * @param scores their log-probabilities
   * @param unknown the id of what is unknown, -1 if there is none
   * @param byteFallback whether what is unknown becomes its bytes, pieces {@code <0x00>} to {@code
   *     <0xFF>}, if they are all there
   * @throws LlmException if there are no pieces, too many, or one with an impossible score
   */
  public static UnigramModel ofDoubles(
      List<String> pieces, double[] scores, int unknown, boolean byteFallback) {
    check(pieces.size(), scores, unknown);
    byte[][] bytes = new byte[pieces.size()][];
    double least = Double.POSITIVE_INFINITY;
    for (int id = 0; id < bytes.length; id++) {
      bytes[id] = pieces.get(id).getBytes(StandardCharsets.UTF_8);
      least = Math.min(least, scores[id]);
    }
    double[] own = scores.clone();
    return new UnigramModel(
        bytes,
        bytes,
        own,
        own,
        least,
        false,
        unknown,
        byteFallback ? ByteIds.of(pieces) : ByteIds.NONE,
        List.of());
  }

  /**
   * A model as SentencePiece computes it: sums of floats; control, unused and byte pieces are never
   * found, user-defined ones cost next to nothing.
   *
   * @param pieces by id
   * @param byteFallback whether what is unknown becomes its bytes
   * @throws LlmException if there are no pieces, too many, or one with an impossible score, or
   *     bytes are missing
   */
  public static UnigramModel ofFloats(List<Piece> pieces, boolean byteFallback) {
    int unknown = -1;
    double[] given = new double[pieces.size()];
    float least = Float.MAX_VALUE;
    float most = Float.MIN_NORMAL; // the original begins there, so it is never a log-probability
    for (int id = 0; id < given.length; id++) {
      Piece piece = pieces.get(id);
      given[id] = piece.score();
      if (piece.type() == PieceType.NORMAL) {
        least = Math.min(least, piece.score());
        most = Math.max(most, piece.score());
      } else if (piece.type() == PieceType.UNKNOWN) {
        unknown = id;
      }
    }
    check(given.length, given, unknown);
    double[] sums = given.clone();
    byte[][] bytes = new byte[given.length][];
    byte[][] found = new byte[given.length][];
    for (int id = 0; id < bytes.length; id++) {
      bytes[id] = pieces.get(id).text().getBytes(StandardCharsets.UTF_8);
      found[id] = bytes[id];
      switch (pieces.get(id).type()) {
        case NORMAL -> {}
        case USER_DEFINED -> sums[id] = bytes[id].length * most - 0.1;
        case UNKNOWN, CONTROL, UNUSED, BYTE -> found[id] = NOTHING;
      }
    }
    int[] byteIds =
        byteFallback ? ByteIds.of(pieces.stream().map(Piece::text).toList()) : ByteIds.NONE;
    if (Arrays.stream(byteIds).anyMatch(id -> id < 0)) {
      throw wrong("pieces <0x00> to <0xFF>, since it falls back to bytes", "some of them only");
    }
    List<PieceType> types = pieces.stream().map(Piece::type).toList();
    return new UnigramModel(bytes, found, given, sums, least, true, unknown, byteIds, types);
  }

  private static void check(int pieces, double[] scores, int unknown) {
    if (pieces == 0 || pieces != scores.length || pieces >= PieceTrie.MOST_IDS) {
      throw wrong(
          "1 to %,d pieces with a score each".formatted(PieceTrie.MOST_IDS - 1),
          "%,d with %,d scores".formatted(pieces, scores.length));
    }
    if (unknown < -1 || unknown >= pieces) {
      throw wrong("an id of unknown text below %,d".formatted(pieces), "%,d".formatted(unknown));
    }
    for (int id = 0; id < scores.length; id++) {
      if (!isScore(scores[id])) {
        throw wrong("log-probabilities", "%s for piece %,d".formatted(scores[id], id));
      }
    }
  }

  static boolean isScore(double score) {
    return Math.abs(score) <= GREATEST_SCORE;
  }

  private static LlmException wrong(String expected, String found) {
    return new LlmException(
        ErrorKind.USER,
        "unigram model: %s expected, found %s. The file is damaged; copy it again."
            .formatted(expected, found));
  }

  /** Types of the pieces by id, where the model is computed as SentencePiece does; else empty. */
  List<PieceType> types() {
    return types;
  }

  /** Something that turns text into ids, with memory of its own: for one thread. */
  public Session open() {
    return new Session(this);
  }

  @Override
  public Words words() {
    Session session = open();
    return new Words() {
      private @Nullable Tokens tokens;
      private Sink sink = (id, from, to) -> {};

      @Override
      public void encode(byte[] utf8, int from, int to, Tokens out) {
        if (out != tokens) {
          tokens = out;
          sink = out::add;
        }
        session.encode(utf8, from, to, sink);
      }
    };
  }

  @Override
  public byte[] bytes(int id) {
    return id < pieces.length ? pieces[id] : NOTHING;
  }

  @Override
  public int vocabSize() {
    return pieces.length;
  }

  @Override
  public void write(ObjectNode json, Map<Integer, String> added) {
    UnigramFile.write(this, json);
  }

  /** A piece as the vocabulary has it, U+2581 for a blank. */
  public String piece(int id) {
    return new String(pieces[id], StandardCharsets.UTF_8);
  }

  /** The log-probability of a piece as it was given. */
  public double score(int id) {
    return given[id];
  }

  /** The id of what is unknown; -1 if there is none. */
  public int unknown() {
    return unknown;
  }

  PieceTrie trie() {
    return trie;
  }

  double[] scores() {
    return scores;
  }

  int[] lengths() {
    return lengths;
  }

  double unknownScore() {
    return unknownScore;
  }

  /** The greatest score without its sign. */
  double greatest() {
    return greatest;
  }

  /** Whether sums are floats. */
  boolean single() {
    return single;
  }

  /** Ids of bytes; none if unknown text stays unknown. */
  int[] byteIds() {
    return byteIds;
  }

  /** Bytes of the longest piece. */
  int longest() {
    return longest;
  }

  /** Whether no piece goes on over a meta symbol, so that each begins a part of its own. */
  boolean partsAtMeta() {
    return partsAtMeta;
  }
}
