package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a tokenizer.json with its path, read with its type checked: what is wrong is said with
 * file and path.
 */
public final class JsonPart {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int SHOWN = 60;

  private final String file;
  private final String path;
  private final JsonNode node;

  private JsonPart(String file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  /**
   * The whole of a file.
   *
   * @param file what messages call it
   * @param json its contents
   * @throws LlmException if it isn't a whole JSON object
   */
  public static JsonPart of(String file, String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new LlmException(
          ErrorKind.USER,
          "%s: JSON expected, found %s%s. The file is cut off or damaged; copy it again."
              .formatted(file, firstLine(e.getOriginalMessage()), where),
          e);
    }
    JsonPart part = new JsonPart(file, "", root);
    part.object();
    return part;
  }

  /**
   * The whole of a file that was read already.
   *
   * @param file what messages call it
   */
  public static JsonPart of(String file, ObjectNode root) {
    return new JsonPart(file, "", root);
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** The value of a key; absent if there is none. */
  public JsonPart get(String key) {
    return new JsonPart(file, path.isEmpty() ? key : path + "." + key, node.path(key));
  }

  /** Whether there is a value, other than null. */
  public boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  /** The value as it stands, null if there is none. */
  public JsonNode orNull() {
    return isPresent() ? node : NullNode.getInstance();
  }

  /** The value as it stands. */
  public JsonNode json() {
    return node;
  }

  private void object() {
    if (!node.isObject()) {
      throw wrong("an object");
    }
  }

  /** A text. */
  public String text() {
    if (!node.isTextual()) {
      throw wrong("a text in quotes");
    }
    return node.textValue();
  }

  /** A text, or the empty one if there is none. */
  public String textOrEmpty() {
    return isPresent() ? text() : "";
  }

  /** A text of one character. */
  public String character() {
    String text = text();
    if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
      throw wrong("one character");
    }
    return text;
  }

  /** True or false. */
  public boolean flag(boolean otherwise) {
    if (!isPresent()) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw wrong("true or false");
    }
    return node.booleanValue();
  }

  /** A whole number that can be an id. */
  public int id() {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw wrong("an id, a whole number from 0 on,");
    }
    return node.intValue();
  }

  /** A whole number from 0 on. */
  public long count() {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw wrong("a whole number from 0 on");
    }
    return node.longValue();
  }

  /** A whole number that can be a length. */
  public int size() {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw wrong("a whole number from 0 to " + Integer.MAX_VALUE);
    }
    return node.intValue();
  }

  /** The elements of a list; none if there is no list. */
  public List<JsonPart> items() {
    List<JsonPart> items = new ArrayList<>();
    if (!isPresent()) {
      return items;
    }
    if (!node.isArray()) {
      throw wrong("a list");
    }
    for (int i = 0; i < node.size(); i++) {
      items.add(new JsonPart(file, path + "[" + i + "]", node.get(i)));
    }
    return items;
  }

  /** The entries of an object from texts to ids. */
  public Map<String, Integer> ids() {
    object();
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      ids.put(
          entry.getKey(), new JsonPart(file, path + "." + entry.getKey(), entry.getValue()).id());
    }
    return ids;
  }

  /**
   * The {@code type} of a component.
   *
   * @param known types that the caller can read
   */
  public String type(String... known) {
    object();
    String type = get("type").text();
    if (!List.of(known).contains(type)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: %s.type: %s expected, found \"%s\". llm4j has no such component in this place."
              .formatted(
                  file,
                  path,
                  (known.length > 1 ? "one of " : "") + String.join(", ", known),
                  type));
    }
    return type;
  }

  /** File and path, as messages begin. */
  public String where() {
    return path.isEmpty() ? file : file + ": " + path;
  }

  /** The error about a value that isn't as expected. */
  public LlmException wrong(String expected) {
    return wrong(expected, show());
  }

  /** The error about a value in which something else was found than expected. */
  public LlmException wrong(String expected, String found) {
    return new LlmException(
        ErrorKind.USER,
        "%s: %s%s expected, found %s. The file is damaged or of another tokenizer; copy it again."
            .formatted(file, path.isEmpty() ? "" : path + ": ", expected, found));
  }

  private String show() {
    if (node.isMissingNode()) {
      return "nothing";
    }
    String text = node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
