package io.github.llm4j.tokenizers.template;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Test templates, and what Python's jinja2 makes of them: dev/chat-template-gold.py writes it. */
public final class Gold {
  /** The time that the templates were rendered at. */
  public static final Clock CLOCK =
      Clock.fixed(
          LocalDateTime.of(2026, 3, 5, 14, 7, 9, 42_000).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

  private static final Map<String, JsonNode> READ = new ConcurrentHashMap<>();

  private Gold() {}

  /** A resource as text. */
  public static String text(String name) {
    try (InputStream in = Objects.requireNonNull(Gold.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource as JSON. */
  public static JsonNode json(String name) {
    return READ.computeIfAbsent(name, Gold::read);
  }

  private static JsonNode read(String name) {
    try {
      return MAPPER.readTree(text(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON object as variables of a template. */
  public static Map<String, Object> variables(JsonNode object) {
    return MAPPER.convertValue(object, new TypeReference<>() {});
  }

  /** A test template, compiled. */
  public static Template template(String name) {
    return Template.compile(name, text("templates/" + name + ".jinja")).withClock(CLOCK);
  }

  /** What transformers hands to a template beside the conversation. */
  public static Map<String, Object> conversation(String name) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("bos_token", "<s>");
    variables.put("eos_token", "</s>");
    variables.put("tools", null);
    variables.put("documents", null);
    variables.put("add_generation_prompt", false);
    variables.putAll(variables(json("conversations.json").get(name)));
    return variables;
  }
}
