package io.github.llm4j.formats.sentencepiece;

import java.util.List;

/**
 * How a model was trained, as far as its use depends on it.
 *
 * @param modelType how it cuts texts
 * @param vocabSize number of pieces that was asked for
 * @param controlSymbols pieces of type CONTROL besides begin, end and padding
 * @param userDefinedSymbols pieces of type USER_DEFINED
 * @param byteFallback whether what no piece covers becomes its bytes
 * @param treatWhitespaceAsSuffix whether a blank belongs to the word before it
 * @param unkId id of the unknown piece
 * @param bosId id of the piece that begins a text, -1 if there is none
 * @param eosId id of the piece that ends a text, -1 if there is none
 * @param padId id of the piece that fills up, -1 if there is none
 * @param unkPiece text of the unknown piece
 * @param bosPiece text of the piece that begins a text
 * @param eosPiece text of the piece that ends a text
 * @param padPiece text of the piece that fills up
 * @param unkSurface what the unknown piece is decoded to
 */
public record TrainerSpec(
    ModelType modelType,
    int vocabSize,
    List<String> controlSymbols,
    List<String> userDefinedSymbols,
    boolean byteFallback,
    boolean treatWhitespaceAsSuffix,
    int unkId,
    int bosId,
    int eosId,
    int padId,
    String unkPiece,
    String bosPiece,
    String eosPiece,
    String padPiece,
    String unkSurface) {

  /** What holds where a file says nothing. */
  public static final TrainerSpec DEFAULT = of(ModelType.UNIGRAM, 8000, false);

  /** Copies the lists. */
  public TrainerSpec {
    controlSymbols = List.copyOf(controlSymbols);
    userDefinedSymbols = List.copyOf(userDefinedSymbols);
  }

  /** One with the usual ids: 0 unknown, 1 begin, 2 end, no padding. */
  public static TrainerSpec of(ModelType modelType, int vocabSize, boolean byteFallback) {
    return new TrainerSpec(
        modelType,
        vocabSize,
        List.of(),
        List.of(),
        byteFallback,
        false,
        0,
        1,
        2,
        -1,
        "<unk>",
        "<s>",
        "</s>",
        "<pad>",
        " \u2047 ");
  }
}
