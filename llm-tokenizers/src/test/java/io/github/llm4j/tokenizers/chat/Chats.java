package io.github.llm4j.tokenizers.chat;

import io.github.llm4j.tokenizers.template.Gold;
import java.util.List;
import java.util.Map;

/** Templates and conversations of the tests. */
final class Chats {
  private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");

  private Chats() {}

  static ChatTemplate template(String name) {
    return ChatTemplate.of(name, Gold.text("templates/" + name + ".jinja"), TOKENS)
        .withClock(Gold.CLOCK);
  }

  static ChatTemplate of(String source) {
    return ChatTemplate.of("chat.jinja", source, TOKENS);
  }

  static Conversation conversation(String name) {
    return Conversation.read(name, Gold.json("conversations.json").get(name).toString());
  }

  /** What the assistant says, by the ranges found. */
  static List<String> said(ChatText text) {
    return text.assistant().stream()
        .map(span -> text.text().substring(span.from(), span.to()))
        .toList();
  }
}
