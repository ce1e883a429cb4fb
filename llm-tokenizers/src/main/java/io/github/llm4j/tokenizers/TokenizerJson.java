package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The frame of a tokenizer.json as Hugging Face's tokenizers library reads it. */
final class TokenizerJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode root = MAPPER.createObjectNode();

  /** A file without its parts. */
  TokenizerJson() {
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.putArray("added_tokens");
    root.putNull("normalizer");
    root.putNull("pre_tokenizer");
    root.putNull("post_processor");
    root.putNull("decoder");
  }

  ObjectNode preTokenizer(String type) {
    return root.putObject("pre_tokenizer").put("type", type);
  }

  ObjectNode decoder(String type) {
    return root.putObject("decoder").put("type", type);
  }

  ObjectNode model(String type) {
    return root.putObject("model").put("type", type);
  }

  String text() {
    return root.toPrettyString() + "\n";
  }

  /** The vocabulary of a saved tokenizer, whose model must be of this type. */
  static Map<String, Integer> vocabulary(String tokenizer, String type, String saved) {
    JsonNode root;
    try {
      root = MAPPER.readTree(saved);
    } catch (JsonProcessingException e) {
      throw damaged(tokenizer, "JSON", e.getOriginalMessage());
    }
    JsonNode model = root.path("model");
    if (!model.path("type").asText().equals(type)) {
      throw damaged(tokenizer, "a model of type " + type, show(model.path("type")));
    }
    JsonNode vocabulary = model.path("vocab");
    if (!vocabulary.isObject() || vocabulary.isEmpty()) {
      throw damaged(tokenizer, "model.vocab with entries", show(vocabulary));
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
      if (!entry.getValue().canConvertToInt() || !entry.getValue().isIntegralNumber()) {
        throw damaged(tokenizer, "ids that are whole numbers", show(entry.getValue()));
      }
      ids.put(entry.getKey(), entry.getValue().intValue());
    }
    return ids;
  }

  private static String show(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }

  /** The error about a file that this tokenizer can't have written. */
  static LlmException damaged(String tokenizer, String expected, String found) {
    return new LlmException(
        ErrorKind.USER,
        ("tokenizer.json of tokenizer '%s': %s expected, found %s."
                + " The file is damaged or of another tokenizer; copy it again.")
            .formatted(tokenizer, expected, found));
  }
}
