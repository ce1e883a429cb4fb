package io.github.llm4j.tokenizers.chat;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation: who says what. Its fields are what a template sees, in their order:
 * {@code role}, mostly {@code content}, and whatever else the template knows, as {@code
 * tool_calls}, {@code tool_call_id}, {@code name} or {@code reasoning_content}.
 *
 * <p>Threading: immutable, if the values of its fields are.
 *
 * @param fields null, booleans, numbers, texts, lists, and mappings with texts as keys
 */
public record Message(Map<String, @Nullable Object> fields) {
  /** The role of what the model says. */
  public static final String ASSISTANT = "assistant";

  private static final String ROLE = "role";
  private static final String CONTENT = "content";

  /**
   * A message.
   *
   * @throws LlmException if it has no role
   */
  public Message {
    if (!(fields.get(ROLE) instanceof String role) || role.isBlank()) {
      throw new LlmException(
          ErrorKind.USER,
          "message: a text as 'role' expected, found %s. Say who speaks: system, user, assistant, tool."
              .formatted(fields.get(ROLE)));
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** A text that someone says. */
  public static Message of(String role, String content) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(ROLE, role);
    fields.put(CONTENT, content);
    return new Message(fields);
  }

  /** What the conversation is about, or how the assistant is to behave. */
  public static Message system(String content) {
    return of("system", content);
  }

  /** What the user says. */
  public static Message user(String content) {
    return of("user", content);
  }

  /** What the assistant says. */
  public static Message assistant(String content) {
    return of(ASSISTANT, content);
  }

  /** What a tool answered. */
  public static Message tool(String name, String content) {
    return of("tool", content).with("name", name);
  }

  /** The same message with another field, or another value of it. */
  public Message with(String field, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new Message(more);
  }

  /** Who speaks. */
  public String role() {
    return String.valueOf(fields.get(ROLE));
  }

  /** What is said: a text, or a list of parts; null if there is nothing. */
  public @Nullable Object content() {
    return fields.get(CONTENT);
  }

  /** Whether the model says it. */
  public boolean isAssistant() {
    return role().equals(ASSISTANT);
  }
}
