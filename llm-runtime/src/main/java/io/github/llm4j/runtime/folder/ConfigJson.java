package io.github.llm4j.runtime.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.file.Utf8;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's {@code config.json}.
 *
 * @param file where it lies
 * @param root what it holds
 */
record ConfigJson(Path file, ObjectNode root) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static ConfigJson read(Path file) {
    try {
      if (MAPPER.readTree(Utf8.read(file)) instanceof ObjectNode object) {
        return new ConfigJson(file, object);
      }
      throw wrong(file, "an object in JSON", "none", "Copy the file again.");
    } catch (JsonProcessingException e) {
      String found = e.getOriginalMessage().replaceAll("\\s+", " ");
      if (e.getLocation() != null) {
        found = "line " + e.getLocation().getLineNr() + ": " + found;
      }
      throw wrong(file, "JSON", found, "Copy the file again.");
    } catch (IOException e) {
      throw wrong(file, "a text in UTF-8 that can be read", e.toString(), "Copy the file again.");
    }
  }

  /** What kind of model it says it is. */
  String modelType() {
    JsonNode type = root.get("model_type");
    if (type == null || !type.isTextual()) {
      throw wrong(
          file,
          "model_type, the name of a family",
          type == null ? "none" : type.toString(),
          "Take the config.json that came with the weights.");
    }
    return type.textValue();
  }

  /** A whole number above zero. */
  int positive(String key) {
    JsonNode value = root.get(key);
    if (value == null
        || !value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.asInt() < 1) {
      throw wrong(
          file,
          key + " as a whole number of 1 or more",
          value == null ? "none" : value.toString(),
          "Take the config.json that came with the weights.");
    }
    return value.intValue();
  }

  /** Its keys as plain maps, lists, texts, numbers, truth values and nulls. */
  Map<String, @Nullable Object> plain() {
    return MAPPER.convertValue(root, new TypeReference<Map<String, @Nullable Object>>() {});
  }

  static String text(Object plain) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(plain) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static LlmException wrong(Path file, String expected, String found, String remedy) {
    return new LlmException(
        ErrorKind.USER, "%s: expected %s, found %s. %s".formatted(file, expected, found, remedy));
  }
}
