package io.github.llm4j.tokenizers.unigram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.formats.sentencepiece.Piece;
import io.github.llm4j.formats.sentencepiece.PieceType;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads and writes unigram models as the model of a tokenizer.json. */
public final class UnigramFile {
  /**
   * Types of the pieces as SentencePiece numbers them, a key of ours: with them a model is computed
   * as SentencePiece does it, without them as the library of the format does.
   */
  public static final String TYPES = "piece_types";

  private UnigramFile() {}

  /**
   * Reads one.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged
   */
  public static UnigramModel read(JsonPart model) {
    if (model.get("type").isPresent()) {
      model.type("Unigram");
    }
    JsonPart vocabulary = model.get("vocab");
    if (!vocabulary.json().isArray() || vocabulary.json().isEmpty()) {
      throw vocabulary.wrong("a list of pieces with their scores");
    }
    List<String> pieces = new ArrayList<>(vocabulary.json().size());
    double[] scores = new double[vocabulary.json().size()];
    for (JsonNode entry : vocabulary.json()) {
      int id = pieces.size();
      boolean fine = entry.size() == 2 && entry.path(0).isTextual() && entry.path(1).isNumber();
      double score = entry.path(1).doubleValue();
      if (!fine || !UnigramModel.isScore(score)) {
        throw vocabulary.items().get(id).wrong("a piece with its log-probability");
      }
      pieces.add(entry.path(0).textValue());
      scores[id] = score;
    }
    JsonPart unknown = model.get("unk_id");
    int unknownId = unknown.isPresent() ? unknown.id() : -1;
    if (unknownId >= scores.length) {
      throw unknown.wrong(
          "an id below %d, since there are no more pieces,".formatted(scores.length));
    }
    List<JsonPart> types = model.get(TYPES).items();
    if (!types.isEmpty()) {
      return UnigramModel.ofFloats(
          typed(model.get(TYPES), types, pieces, scores), model.get("byte_fallback").flag(false));
    }
    return UnigramModel.ofDoubles(
        pieces, scores, unknownId, model.get("byte_fallback").flag(false));
  }

  private static List<Piece> typed(
      JsonPart list, List<JsonPart> types, List<String> pieces, double[] scores) {
    if (types.size() != scores.length) {
      throw list.wrong(scores.length + " types of pieces", types.size() + "");
    }
    List<Piece> typed = new ArrayList<>(scores.length);
    for (int id = 0; id < scores.length; id++) {
      int code = types.get(id).id();
      PieceType type =
          Arrays.stream(PieceType.values())
              .filter(t -> t.code() == code)
              .findFirst()
              .orElseThrow(() -> list.wrong("SentencePiece's types of pieces", code + ""));
      typed.add(new Piece(pieces.get(id), (float) scores[id], type));
    }
    return typed;
  }

  static void write(UnigramModel model, ObjectNode json) {
    json.put("type", "Unigram");
    if (model.unknown() < 0) {
      json.putNull("unk_id");
    } else {
      json.put("unk_id", model.unknown());
    }
    ArrayNode vocabulary = json.putArray("vocab");
    for (int id = 0; id < model.vocabSize(); id++) {
      vocabulary.addArray().add(model.piece(id)).add(model.score(id));
    }
    json.put("byte_fallback", model.byteIds().length > 0);
    if (!model.types().isEmpty()) {
      ArrayNode types = json.putArray(TYPES);
      model.types().forEach(type -> types.add(type.code()));
    }
  }
}
