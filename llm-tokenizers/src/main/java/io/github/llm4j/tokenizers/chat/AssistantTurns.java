package io.github.llm4j.tokenizers.chat;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.template.Rendering.Span;
import java.util.ArrayList;
import java.util.List;

/** Finds what the assistant says by rendering a conversation turn by turn. */
final class AssistantTurns {
  private static final int SHOWN = 20;

  private final String name;
  private final ChatTemplate template;

  AssistantTurns(String name, ChatTemplate template) {
    this.name = name;
    this.template = template;
  }

  ChatText find(Conversation conversation, String whole, TrainOn trainOn) {
    List<Message> messages = conversation.messages();
    List<Span> spans = new ArrayList<>();
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (!messages.get(i).isAssistant()) {
        continue;
      }
      String before = template.render(conversation.first(i), true);
      check(before, whole, i, "before");
      int to = whole.length();
      if (i + 1 < messages.size()) {
        String upTo = template.render(conversation.first(i + 1), false);
        check(upTo, whole, i, "up to");
        to = upTo.length();
      }
      if (to < before.length()) {
        throw new LlmException(
            ErrorKind.USER,
            "%s: text of turn %d (assistant) behind its generation prompt expected, found that the turn ends before it. %s"
                .formatted(name, i + 1, remedy()));
      }
      spans.addFirst(new Span(before.length(), to));
      if (trainOn == TrainOn.LAST) {
        break;
      }
    }
    return new ChatText(whole, spans);
  }

  private void check(String prefix, String whole, int turn, String where) {
    if (whole.startsWith(prefix)) {
      return;
    }
    int at = 0;
    while (at < whole.length() && whole.charAt(at) == prefix.charAt(at)) {
      at++;
    }
    throw new LlmException(
        ErrorKind.USER,
        "%s: the text %s turn %d (assistant) at the begin of the whole text expected, found '%s' instead of '%s' at character %d. %s"
            .formatted(
                name, where, turn + 1, shown(whole, at), shown(prefix, at), at + 1, remedy()));
  }

  private static String remedy() {
    return "The template writes a turn otherwise when others follow: put {% generation %} blocks"
        + " around what the assistant says in it, or train on the last turn.";
  }

  private static String shown(String text, int from) {
    int to = Math.min(text.length(), from + SHOWN);
    return text.substring(from, to).replace("\n", "\\n") + (to < text.length() ? "…" : "");
  }
}
