package io.github.llm4j.tokenizers.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.template.Template;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A model folder's chat templates and special tokens. */
final class ChatTemplateFiles {
  private static final String JINJA = ".jinja";
  private static final String ALONE = "chat_template.jinja";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String KEY = "chat_template";

  private ChatTemplateFiles() {}

  static ChatTemplate open(Path path) {
    boolean folder = Files.isDirectory(path);
    if (!folder && !Files.exists(path)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a model folder, a tokenizer_config.json or a Jinja file expected, found no such file. Name another."
              .formatted(path));
    }
    boolean jinja = !folder && path.toString().endsWith(JINJA);
    Path alone = jinja ? path : folder ? path.resolve(ALONE) : path.resolveSibling(ALONE);
    Path config = folder ? path.resolve(CONFIG) : jinja ? path.resolveSibling(CONFIG) : path;
    Map<String, Template> templates = new LinkedHashMap<>();
    if (Files.exists(alone)) {
      templates.put(ChatTemplate.DEFAULT, Template.compile(alone.toString(), text(alone)));
      more(alone.resolveSibling("additional_chat_templates"), templates);
    }
    Map<String, Object> tokens = new LinkedHashMap<>();
    Path map = config.resolveSibling("special_tokens_map.json");
    if (Files.exists(map)) {
      tokens(JsonPart.of(map.toString(), text(map)), tokens);
    }
    if (Files.exists(config)) {
      JsonPart root = JsonPart.of(config.toString(), text(config));
      tokens(root, tokens);
      if (templates.isEmpty()) {
        read(config.toString(), root.get(KEY), templates);
      }
    }
    Path older = config.resolveSibling("chat_template.json");
    if (templates.isEmpty() && Files.exists(older)) {
      read(older.toString(), JsonPart.of(older.toString(), text(older)).get(KEY), templates);
    }
    if (templates.isEmpty()) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a chat template expected, found neither %s nor the key '%s' in %s. Is it a model for conversations?"
              .formatted(path, ALONE, KEY, CONFIG));
    }
    return new ChatTemplate(path.toString(), templates, tokens);
  }

  /** Templates beside the first one, named as their files. */
  private static void more(Path folder, Map<String, Template> templates) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(JINJA)).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      String bare = name.substring(0, name.length() - JINJA.length());
      templates.put(bare, Template.compile(file.toString(), text(file)));
    }
  }

  /** One template as text, or several as a list with names. */
  private static void read(String file, JsonPart part, Map<String, Template> templates) {
    if (!part.isPresent()) {
      return;
    }
    String name = file + ": " + KEY;
    if (part.json().isTextual()) {
      templates.put(ChatTemplate.DEFAULT, Template.compile(name, part.text()));
      return;
    }
    if (!part.json().isArray()) {
      throw part.wrong("a text, or a list of named templates,");
    }
    for (JsonPart each : part.items()) {
      String own = each.get("name").text();
      templates.put(own, Template.compile(name + " " + own, each.get("template").text()));
    }
  }

  /** Special tokens: texts, or objects as the tokenizers library writes added tokens. */
  private static void tokens(JsonPart root, Map<String, Object> tokens) {
    for (Map.Entry<String, JsonNode> entry : root.json().properties()) {
      String key = entry.getKey();
      JsonPart value = root.get(key);
      if (key.endsWith("_token") && (value.json().isTextual() || value.json().isObject())) {
        tokens.put(key, token(value));
      }
    }
    JsonPart extra = root.get("extra_special_tokens");
    if (extra.json().isObject()) {
      extra
          .json()
          .propertyStream()
          .forEach(e -> tokens.put(e.getKey(), token(extra.get(e.getKey()))));
    }
    JsonPart additional = root.get("additional_special_tokens");
    if (additional.json().isArray()) {
      List<String> all = new ArrayList<>();
      additional.items().forEach(item -> all.add(token(item)));
      tokens.put("additional_special_tokens", all);
    }
  }

  private static String token(JsonPart value) {
    return value.json().isObject() ? value.get("content").text() : value.text();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: UTF-8 text expected, found bytes that are none. The file is damaged; copy it again."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static LlmException unreadable(Path file, IOException e) {
    return new LlmException(
        ErrorKind.USER,
        "%s: a readable file expected, found %s. Check its permissions.".formatted(file, e),
        e);
  }
}
