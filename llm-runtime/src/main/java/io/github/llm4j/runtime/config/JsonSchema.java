package io.github.llm4j.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.runtime.plugin.Entry;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Registry;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON schema (2020-12) of a config, from its settings records; for editors. */
public final class JsonSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Registry registry;

  private JsonSchema(Registry registry) {
    this.registry = registry;
  }

  /**
   * The schema of a config.
   *
   * @param settings record of the config's root
   * @param registry what components may be named
   */
  public static String of(Class<? extends Record> settings, Registry registry) {
    JsonSchema schema = new JsonSchema(registry);
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.object(root, settings);
    ObjectNode definitions = root.putObject("$defs");
    for (Kind kind : registry.kinds()) {
      ArrayNode choices = definitions.putObject(kind.name()).putArray("anyOf");
      ArrayNode names = choices.addObject().putArray("enum");
      for (Entry entry : registry.entries(kind)) {
        names.add(entry.type());
        ObjectNode choice = choices.addObject();
        choice.put("$ref", reference(kind, entry.type()));
        choice.putArray("required").add("type");
        ObjectNode component = definitions.putObject(kind.name() + "." + entry.type());
        schema.object(component, entry.provider().settings());
        ((ObjectNode) component.get("properties")).putObject("type").put("const", entry.type());
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reference(Kind kind, String type) {
    return "#/$defs/" + kind.name() + "." + type;
  }

  private void object(ObjectNode node, Class<?> settings) {
    node.put("type", "object");
    ObjectNode properties = node.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    for (Key key : Keys.of(settings)) {
      ObjectNode property = properties.putObject(key.name());
      value(property, key.type(), key.percent(), key.byDefault());
      if (!key.doc().isEmpty()) {
        property.put("description", key.doc());
      }
      if (key.byDefault() == null && !key.optional()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      node.set("required", required);
    }
    node.put("additionalProperties", false);
  }

  private void value(ObjectNode node, Type type, boolean percent, @Nullable String byDefault) {
    Class<?> raw = Keys.raw(type);
    if (Keys.isOptional(raw)) {
      value(node, Keys.held(type), percent, byDefault);
    } else if (raw == ComponentSpec.class) {
      component(node, Keys.raw(Keys.inner(type)), byDefault);
    } else if (raw == List.class) {
      node.put("type", "array");
      value(node.putObject("items"), Keys.inner(type), percent, null);
    } else if (raw == Map.class) {
      node.put("type", "object");
      value(node.putObject("additionalProperties"), Keys.inner(type), percent, null);
    } else if (raw.isRecord()) {
      object(node, raw);
    } else {
      scalar(node, raw, percent);
      if (byDefault != null) {
        node.put("description", "Default: " + byDefault + ".");
      }
    }
  }

  private void component(ObjectNode node, Class<?> built, @Nullable String byDefault) {
    Kind kind =
        registry
            .kindBuilding(built)
            .orElseThrow(() -> new IllegalArgumentException("no kind builds " + built.getName()));
    ArrayNode choices = node.putArray("anyOf");
    choices.addObject().put("$ref", "#/$defs/" + kind.name());
    String type = byDefault == null ? null : Binding.defaultType(byDefault);
    if (type != null && registry.find(kind, type).isPresent()) {
      choices.addObject().put("$ref", reference(kind, type));
    }
  }

  private static void scalar(ObjectNode node, Class<?> raw, boolean percent) {
    if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
      node.put("type", "integer");
    } else if (raw == boolean.class || raw == Boolean.class) {
      node.put("type", "boolean");
    } else if (raw.isEnum()) {
      Scalars.constants(raw).forEach(node.putArray("enum")::add);
    } else if (raw == Duration.class) {
      node.put("type", "string");
      node.put("pattern", "^[0-9.]+ *[a-z]+$");
    } else if (raw == String.class || raw == Path.class) {
      node.putArray("type").add("string").add("number").add("boolean");
    } else if (percent) {
      ArrayNode choices = node.putArray("anyOf");
      choices.addObject().put("type", "number");
      choices.addObject().put("type", "string").put("pattern", "^[-+0-9.eE]+%$");
    } else {
      node.put("type", "number");
    }
  }
}
