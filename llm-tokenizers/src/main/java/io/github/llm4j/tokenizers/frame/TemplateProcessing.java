package io.github.llm4j.tokenizers.frame;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.tokenizers.pipeline.Framing;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenEdges;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code TemplateProcessing}: texts and special tokens in any order, each with its type.
 *
 * @param single the pieces of an input of one text
 * @param pair the pieces of an input of two
 */
record TemplateProcessing(List<Piece> single, List<Piece> pair) implements Framing {
  static final String TYPE = "TemplateProcessing";

  /**
   * A piece of a template.
   *
   * @param text which text it is; {@link Encoding#NONE} for special tokens
   * @param ids the special tokens
   * @param type type of its tokens
   */
  record Piece(int text, List<Integer> ids, int type) {}

  static TemplateProcessing of(JsonPart part) {
    return new TemplateProcessing(pieces(part, "single", 1), pieces(part, "pair", 2));
  }

  private static List<Piece> pieces(JsonPart part, String key, int texts) {
    List<Piece> pieces = new ArrayList<>();
    if (!part.get(key).isPresent()) {
      throw part.get(key).wrong("a list");
    }
    for (JsonPart item : part.get(key).items()) {
      JsonPart sequence = item.get("Sequence");
      if (sequence.isPresent()) {
        int text = List.of("A", "B").indexOf(sequence.get("id").text());
        if (text < 0 || text >= texts) {
          throw sequence.get("id").wrong(texts == 1 ? "A" : "A or B");
        }
        pieces.add(new Piece(text, List.of(), sequence.get("type_id").id()));
      } else {
        JsonPart special = item.get("SpecialToken");
        String name = special.get("id").text();
        JsonPart token = part.get("special_tokens").get(name);
        if (!token.isPresent()) {
          throw special.get("id").wrong("one of special_tokens");
        }
        List<Integer> ids = token.get("ids").items().stream().map(JsonPart::id).toList();
        if (ids.size() != token.get("tokens").items().size()) {
          throw token.get("ids").wrong("as many ids as tokens");
        }
        pieces.add(new Piece(Encoding.NONE, ids, special.get("type_id").id()));
      }
    }
    return List.copyOf(pieces);
  }

  @Override
  public int added(boolean pair) {
    return (pair ? this.pair : single).stream().mapToInt(piece -> piece.ids().size()).sum();
  }

  @Override
  public List<Encoding> process(
      TextInput input, List<Encoding> parts, boolean specialTokens, TokenEdges edges) {
    List<Encoding> all = new ArrayList<>();
    for (Piece piece : parts.size() == 1 ? single : pair) {
      if (piece.text() != Encoding.NONE) {
        all.add(typed(parts.get(piece.text()), piece.type()));
      } else if (specialTokens) {
        Encoding.Builder special = new Encoding.Builder();
        piece.ids().forEach(id -> special.addSpecial(id, piece.type()));
        all.add(special.build());
      }
    }
    return all;
  }

  /** The same with another type. */
  static Encoding typed(Encoding part, int type) {
    Encoding.Builder typed = new Encoding.Builder();
    for (int t = 0; t < part.size(); t++) {
      typed.add(part, t).type(type);
    }
    return typed.build();
  }
}
