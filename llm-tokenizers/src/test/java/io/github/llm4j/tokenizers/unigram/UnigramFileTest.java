package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of a tokenizer.json. */
class UnigramFileTest {
  private static final String FINE =
      """
      {"type": "Unigram", "unk_id": 1,
       "vocab": [["▁a", -1.5], ["<unk>", 0.0], ["b", -2.0122928619384766]], "byte_fallback": false}\
      """;

  private static UnigramModel read(String json) {
    return UnigramFile.read(
        JsonPart.of("tokenizer.json", "{\"model\": " + json + "}").get("model"));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    UnigramModel model = read(FINE);
    assertArrayEquals(new int[] {0, 2, 1}, Collected.ids(model, "▁abx"));
    assertEquals("▁a", model.piece(0));
    assertEquals(4, model.bytes(0).length);
    assertEquals(0, model.bytes(3).length);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    model.write(json, Map.of());
    assertEquals(JsonPart.of("f", FINE).json(), json);
    assertEquals(-2.0122928619384766, read(json.toString()).score(2), 0.0);
  }

  @Test
  void aModelWithoutAnUnknownPieceHasNullForIt() {
    UnigramModel model = read(FINE.replace("\"unk_id\": 1", "\"unk_id\": null"));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    model.write(json, Map.of());
    assertTrue(json.get("unk_id").isNull());
    assertEquals(-1, read(json.toString()).unknown());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "unk_id": 1   | "unk_id": 3      | model.unk_id
          "unk_id": 1   | "unk_id": "b"    | model.unk_id
          -1.5          | "-1.5"           | model.vocab[0]
          -1.5          | -1e300           | model.vocab[0]
          ["b",         | [                | model.vocab[2]
          ["▁a", -1.5], | 7,               | model.vocab[0]
          "vocab":      | "vocabulary":    | model.vocab
          "Unigram"     | "Bigram"         | model.type
          """)
  void damageIsSaidWithItsPlace(String good, String bad, String place) {
    LlmException e = assertThrows(LlmException.class, () -> read(FINE.replace(good, bad)));
    assertTrue(String.valueOf(e.getMessage()).contains(place + ":"), e.getMessage());
  }
}
