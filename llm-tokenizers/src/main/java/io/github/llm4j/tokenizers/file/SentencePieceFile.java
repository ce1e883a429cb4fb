package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.formats.sentencepiece.NormalizerSpec;
import io.github.llm4j.formats.sentencepiece.Piece;
import io.github.llm4j.formats.sentencepiece.SentencePieceModel;
import io.github.llm4j.formats.sentencepiece.TrainerSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A model of SentencePiece: Unigram or BPE.
 *
 * <p>Its own library never finds control symbols in a text; as Hugging Face's tokenizers of such
 * models do, ours does: {@code <s>} in a text is the begin of a text.
 */
final class SentencePieceFile {
  private SentencePieceFile() {}

  static ObjectNode read(String name, SentencePieceModel model) {
    TrainerSpec trainer = model.trainer();
    NormalizerSpec normalizer = model.normalizer();
    if (trainer.treatWhitespaceAsSuffix()) {
      throw Wrong.found(name, "blanks before words", "treat_whitespace_as_suffix");
    }
    if (!normalizer.escapeWhitespaces()) {
      throw Wrong.found(name, "escape_whitespaces", "a model without it");
    }
    ScoredPieces pieces = new ScoredPieces(name);
    for (Piece piece : model.pieces()) {
      pieces.add(piece.text(), piece.score(), piece.type());
    }
    Draft draft = new Draft();
    switch (trainer.modelType()) {
      case BPE -> pieces.bpe(draft);
      // No words are cut out: the original sums over the whole text, and so do we.
      case UNIGRAM -> pieces.unigram(draft);
      default ->
          throw Wrong.found(name, "a model of type BPE or UNIGRAM", trainer.modelType().name());
    }
    draft.normalizers(normalizers(normalizer));
    pieces.decoders(draft, normalizer.addDummyPrefix(), trainer.unkSurface());
    return draft.json();
  }

  private static List<ObjectNode> normalizers(NormalizerSpec spec) {
    List<ObjectNode> components = new ArrayList<>();
    if (spec.charsmap().length > 0) {
      components.add(
          Draft.component("Precompiled")
              .put("precompiled_charsmap", Base64.getEncoder().encodeToString(spec.charsmap()))
              .put("longest_match", true));
    }
    if (spec.removeExtraWhitespaces()) {
      components.add(Draft.replaceAll("^ +| +$", ""));
      components.add(Draft.replaceAll(" {2,}", " "));
    }
    components.addAll(ScoredPieces.blanks(spec.addDummyPrefix()));
    return components;
  }
}
