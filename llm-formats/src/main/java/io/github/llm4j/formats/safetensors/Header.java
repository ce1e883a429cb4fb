package io.github.llm4j.formats.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.github.llm4j.formats.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header's JSON. Nothing in it is believed: names are unique, types known, sizes whole,
 * and the parser's own limits hold for depth and lengths.
 */
final class Header {
  /** The longest header that the format allows. */
  static final int MAX_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(32)
                  .maxStringLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .build())
          .build();

  private final String file;
  final Map<String, String> metadata = new LinkedHashMap<>();
  final List<TensorEntry> entries = new ArrayList<>();

  private Header(String file) {
    this.file = file;
  }

  static Header parse(String file, byte[] bytes) throws FormatException {
    Header header = new Header(file);
    if (bytes.length == 0 || bytes[0] != '{') {
      throw header.wrong("a header that begins with '{'", "another byte");
    }
    try (JsonParser json = JSON.createParser(decode(file, bytes))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value != JsonToken.START_OBJECT) {
          throw header.wrong("an object for '" + shown(name) + "'", value);
        }
        if (name.equals(METADATA)) {
          header.readMetadata(json);
        } else {
          header.entries.add(header.readEntry(name, json));
        }
      }
      if (json.nextToken() != null) {
        throw header.wrong("spaces behind the header's object", json.currentToken());
      }
      return header;
    } catch (StreamReadException e) {
      throw new FormatException(
          file + ": expected a header in JSON, found " + e.getOriginalMessage() + ".", e);
    } catch (FormatException e) {
      throw e;
    } catch (IOException e) {
      throw new FormatException(file + ": expected a header that can be read, found " + e, e);
    }
  }

  private static String decode(String file, byte[] bytes) throws FormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(file + ": expected a header in UTF-8, found other bytes.", e);
    }
  }

  private void readMetadata(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw wrong("a text for metadata '" + shown(key) + "'", json.currentToken());
      }
      metadata.put(key, json.getText());
    }
  }

  private TensorEntry readEntry(String name, JsonParser json) throws IOException {
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "dtype" -> type = type(name, json);
        case "shape" -> shape = sizes(name, key, json);
        case "data_offsets" -> offsets = sizes(name, key, json);
        default -> json.skipChildren(); // the original ignores them too
      }
    }
    if (offsets != null && offsets.size() != 2) {
      throw wrong("two data_offsets of '" + shown(name) + "'", offsets.size());
    }
    List<Long> places = required(offsets, name, "data_offsets");
    return new TensorEntry(
        name,
        required(type, name, "dtype"),
        required(shape, name, "shape"),
        places.get(0),
        places.get(1));
  }

  private <T> T required(@Nullable T value, String name, String key) throws FormatException {
    if (value == null) {
      throw wrong(key + " of tensor '" + shown(name) + "'", "none");
    }
    return value;
  }

  private ElementType type(String name, JsonParser json) throws IOException {
    String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(text)) {
        return type;
      }
    }
    throw wrong(
        "dtype of '" + shown(name) + "' to be one of " + List.of(ElementType.values()),
        text.isEmpty() ? json.currentToken() : "'" + shown(text) + "'");
  }

  private List<Long> sizes(String name, String key, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("a list as " + key + " of '" + shown(name) + "'", json.currentToken());
    }
    List<Long> sizes = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean whole =
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && json.getLongValue() >= 0;
      if (!whole) {
        throw wrong(
            "whole numbers from 0 to 2^63 - 1 in " + key + " of '" + shown(name) + "'",
            json.currentToken() == null ? "the end" : shown(json.getText()));
      }
      sizes.add(json.getLongValue());
    }
    return sizes;
  }

  private FormatException wrong(String expected, @Nullable Object found) {
    return new FormatException(file + ": expected " + expected + ", found " + found + ".");
  }

  /** A name from a file, short enough for a message and without control characters. */
  static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
  }
}
