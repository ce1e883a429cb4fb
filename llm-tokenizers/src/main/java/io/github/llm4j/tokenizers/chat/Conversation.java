package io.github.llm4j.tokenizers.chat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who says what to whom, with the tools that the assistant may call.
 *
 * <p>Threading: immutable, if the values are.
 *
 * @param messages the turns, in order
 * @param tools descriptions of functions, as JSON schema; empty if there are none
 * @param variables what else the template is told, as {@code enable_thinking} or {@code documents}
 */
public record Conversation(
    List<Message> messages,
    List<Map<String, @Nullable Object>> tools,
    Map<String, @Nullable Object> variables) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A conversation. */
  public Conversation {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** A conversation without tools. */
  public static Conversation of(Message... messages) {
    return new Conversation(List.of(messages), List.of(), Map.of());
  }

  /**
   * Reads a JSON object: {@code messages}, {@code tools} if there are any, and variables.
   *
   * @param name what messages of errors call it, as {@code train.jsonl:7}
   * @throws LlmException if it isn't one
   */
  public static Conversation read(String name, String json) {
    JsonPart root = JsonPart.of(name, json);
    if (!root.get("messages").isPresent()) {
      throw missing(name, "messages: a list of messages");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonPart message : root.get("messages").items()) {
      Map<String, @Nullable Object> fields = values(message);
      if (!message.get("role").isPresent()) {
        throw missing(name, "messages[%d].role: who speaks".formatted(messages.size()));
      }
      message.get("role").text();
      messages.add(new Message(fields));
    }
    List<Map<String, @Nullable Object>> tools = new ArrayList<>();
    for (JsonPart tool : root.get("tools").items()) {
      tools.add(values(tool));
    }
    Map<String, @Nullable Object> variables = values(root);
    variables.remove("messages");
    variables.remove("tools");
    return new Conversation(messages, tools, variables);
  }

  private static LlmException missing(String name, String expected) {
    return new LlmException(
        ErrorKind.USER,
        "%s: %s expected, found nothing. A conversation reads {\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}."
            .formatted(name, expected));
  }

  private static Map<String, @Nullable Object> values(JsonPart object) {
    if (!object.json().isObject()) {
      throw object.wrong("an object");
    }
    return MAPPER.convertValue(object.json(), new TypeReference<>() {});
  }

  /** The same conversation with one more turn. */
  public Conversation then(Message message) {
    List<Message> more = new ArrayList<>(messages);
    more.add(message);
    return new Conversation(more, tools, variables);
  }

  /** The same conversation under another system prompt; the first turn says it. */
  public Conversation withSystem(String prompt) {
    boolean has = !messages.isEmpty() && messages.getFirst().role().equals("system");
    List<Message> all = new ArrayList<>(has ? messages.subList(1, messages.size()) : messages);
    all.addFirst(Message.system(prompt));
    return new Conversation(all, tools, variables);
  }

  /** The same conversation with these tools. */
  public Conversation withTools(List<Map<String, @Nullable Object>> other) {
    return new Conversation(messages, other, variables);
  }

  /** The same conversation with another variable for the template. */
  public Conversation with(String variable, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(variables);
    more.put(variable, value);
    return new Conversation(messages, tools, more);
  }

  /** Its first turns. */
  Conversation first(int turns) {
    return new Conversation(messages.subList(0, turns), tools, variables);
  }
}
