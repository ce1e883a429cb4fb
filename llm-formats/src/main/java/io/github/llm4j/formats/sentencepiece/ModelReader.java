package io.github.llm4j.formats.sentencepiece;

import io.github.llm4j.formats.FormatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a model. What occurs again replaces, or in lists is added to, what was
 * there, as the wire format has it; fields that aren't known are gone over.
 */
final class ModelReader {
  private static final int MAX_PIECES = 4_000_000;

  private final List<Piece> pieces = new ArrayList<>();
  private TrainerSpec trainer = TrainerSpec.DEFAULT;
  private NormalizerSpec normalizer = NormalizerSpec.DEFAULT;
  private @Nullable NormalizerSpec denormalizer;

  SentencePieceModel model(WireReader in) throws FormatException {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          if (pieces.size() == MAX_PIECES) {
            throw in.wrong("at most " + MAX_PIECES + " pieces", "another");
          }
          pieces.add(piece(in.message("a piece")));
        }
        case 2 -> trainer = trainer(in.message("the trainer's settings"), trainer);
        case 3 -> normalizer = normalizer(in.message("a normalizer"), normalizer);
        case 5 ->
            denormalizer =
                normalizer(
                    in.message("a denormalizer"),
                    denormalizer == null ? NormalizerSpec.DEFAULT : denormalizer);
        default -> in.skip();
      }
    }
    return new SentencePieceModel(pieces, trainer, normalizer, denormalizer);
  }

  private static Piece piece(WireReader in) throws FormatException {
    String text = "";
    float score = 0;
    PieceType type = PieceType.NORMAL;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> text = in.text("a piece's text");
        case 2 -> score = in.single("a piece's score");
        case 3 -> {
          int code = in.int32("a piece's type");
          PieceType known = PieceType.of(code);
          if (known == null) {
            throw in.wrong("a type of a piece from 1 to 6", Integer.toString(code));
          }
          type = known;
        }
        default -> in.skip();
      }
    }
    return new Piece(text, score, type);
  }

  private static TrainerSpec trainer(WireReader in, TrainerSpec before) throws FormatException {
    ModelType type = before.modelType();
    int size = before.vocabSize();
    List<String> control = new ArrayList<>(before.controlSymbols());
    List<String> userDefined = new ArrayList<>(before.userDefinedSymbols());
    boolean bytes = before.byteFallback();
    boolean suffix = before.treatWhitespaceAsSuffix();
    int[] ids = {before.unkId(), before.bosId(), before.eosId(), before.padId()};
    String[] texts = {before.unkPiece(), before.bosPiece(), before.eosPiece(), before.padPiece()};
    String surface = before.unkSurface();
    while (in.next()) {
      int field = in.field();
      switch (field) {
        case 3 -> {
          int code = in.int32("model_type");
          ModelType known = ModelType.of(code);
          if (known == null) {
            throw in.wrong("a model_type from 1 to 4", Integer.toString(code));
          }
          type = known;
        }
        case 4 -> size = in.int32("vocab_size");
        case 24 -> suffix = in.flag("treat_whitespace_as_suffix");
        case 30 -> control.add(in.text("control_symbols"));
        case 31 -> userDefined.add(in.text("user_defined_symbols"));
        case 35 -> bytes = in.flag("byte_fallback");
        case 40, 41, 42, 43 -> ids[field - 40] = in.int32("an id of a special piece");
        case 44 -> surface = in.text("unk_surface");
        case 45, 46, 47, 48 -> texts[field - 45] = in.text("a special piece");
        default -> in.skip();
      }
    }
    return new TrainerSpec(
        type,
        size,
        control,
        userDefined,
        bytes,
        suffix,
        ids[0],
        ids[1],
        ids[2],
        ids[3],
        texts[0],
        texts[1],
        texts[2],
        texts[3],
        surface);
  }

  private static NormalizerSpec normalizer(WireReader in, NormalizerSpec before)
      throws FormatException {
    String name = before.name();
    byte[] charsmap = before.charsmap();
    boolean prefix = before.addDummyPrefix();
    boolean remove = before.removeExtraWhitespaces();
    boolean escape = before.escapeWhitespaces();
    String rules = before.rules();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text("a normalizer's name");
        case 2 -> charsmap = in.bytes("precompiled_charsmap");
        case 3 -> prefix = in.flag("add_dummy_prefix");
        case 4 -> remove = in.flag("remove_extra_whitespaces");
        case 5 -> escape = in.flag("escape_whitespaces");
        case 6 -> rules = in.text("normalization_rule_tsv");
        default -> in.skip();
      }
    }
    return new NormalizerSpec(name, charsmap, prefix, remove, escape, rules);
  }
}
