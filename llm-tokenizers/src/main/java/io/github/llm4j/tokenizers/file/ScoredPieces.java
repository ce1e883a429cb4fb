package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.formats.sentencepiece.PieceType;
import io.github.llm4j.tokenizers.unigram.UnigramFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A vocabulary of pieces with scores as SentencePiece has it, and what it does to texts: common to
 * its own files, to GGUF and to llama2.c's.
 */
final class ScoredPieces {
  private record Piece(String text, float score, PieceType kind) {}

  private final String name;
  private final List<Piece> pieces = new ArrayList<>();
  private int unknown = -1;
  private boolean bytes;

  ScoredPieces(String name) {
    this.name = name;
  }

  /** Adds the piece of the next id. */
  void add(String text, float score, PieceType kind) {
    if (kind == PieceType.UNKNOWN) {
      unknown = pieces.size();
    }
    bytes |= kind == PieceType.BYTE;
    pieces.add(new Piece(text, score, kind));
  }

  private boolean normal(Piece piece) {
    return piece.kind == PieceType.NORMAL || piece.kind == PieceType.USER_DEFINED;
  }

  /** Writes the pieces as the model {@code BPE}, merges from the best score on. */
  void bpe(Draft draft) {
    ObjectNode model = draft.model("BPE");
    if (unknown >= 0) {
      model.put("unk_token", pieces.get(unknown).text);
    }
    model.put("fuse_unk", true).put("byte_fallback", bytes);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      String text = pieces.get(id).text;
      if (vocabulary.has(text)) {
        throw Wrong.found(name, "pieces that differ", "'" + text + "' again with id " + id);
      }
      vocabulary.put(text, id);
    }
    List<Integer> order =
        IntStream.range(0, pieces.size())
            .boxed()
            .filter(id -> normal(pieces.get(id)))
            .sorted(Comparator.comparingDouble(id -> -pieces.get(id).score))
            .toList();
    AllSplits splits = new AllSplits();
    for (int rank = 0; rank < order.size(); rank++) {
      splits.add(pieces.get(order.get(rank)).text, rank);
    }
    splits.write(model.putArray("merges"));
    added(draft, true);
  }

  /** Writes the pieces as the model {@code Unigram}. */
  void unigram(Draft draft) {
    ObjectNode model = draft.model("Unigram");
    if (unknown >= 0) {
      model.put("unk_id", unknown);
    }
    ArrayNode vocabulary = model.putArray("vocab");
    for (Piece piece : pieces) {
      // through its decimal digits: 0.1f is no 0.1, but means it
      vocabulary.addArray().add(piece.text).add(Double.parseDouble(Float.toString(piece.score)));
    }
    model.put("byte_fallback", bytes);
    ArrayNode types = model.putArray(UnigramFile.TYPES);
    pieces.forEach(piece -> types.add(piece.kind.code()));
    // A user-defined piece is the model's own matter: as an added token it would part the text
    // around it into two, each with a blank put before it.
    added(draft, false);
  }

  private void added(Draft draft, boolean user) {
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      switch (piece.kind) {
        case CONTROL, UNKNOWN -> draft.added(id, piece.text, true);
        case USER_DEFINED -> {
          if (user) {
            draft.added(id, piece.text, false);
          }
        }
        default -> {}
      }
    }
  }

  /**
   * How blanks come into texts: a blank before each, if so, and all of them written as one letter.
   */
  static List<ObjectNode> blanks(boolean dummyPrefix) {
    List<ObjectNode> components = new ArrayList<>();
    if (dummyPrefix) {
      components.add(Draft.component("Prepend").put("prepend", Draft.BLANK));
    }
    components.add(Draft.replace(" ", Draft.BLANK));
    return components;
  }

  /** How texts are made of pieces. */
  void decoders(Draft draft, boolean dummyPrefix, String unknownSurface) {
    List<ObjectNode> components = new ArrayList<>();
    if (unknown >= 0 && !unknownSurface.isEmpty()) {
      components.add(Draft.replace(pieces.get(unknown).text, unknownSurface));
    }
    components.add(Draft.replace(Draft.BLANK, " "));
    if (bytes) {
      components.add(Draft.component("ByteFallback"));
    }
    components.add(Draft.component("Fuse"));
    if (dummyPrefix) {
      components.add(Draft.component("Strip").put("content", " ").put("start", 1).put("stop", 0));
    }
    draft.decoders(components);
  }
}
