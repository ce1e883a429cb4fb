package io.github.llm4j.tokenizers.chat;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.tokenizers.ByteLevelBpeProvider;
import io.github.llm4j.tokenizers.ByteLevelBpeSettings;
import io.github.llm4j.tokenizers.template.Gold;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChatTemplateTest {

  @Test
  void conversationsAreRenderedAsPythonRendersThem() {
    int count = 0;
    for (JsonNode gold : Gold.json("templates.gold.json")) {
      if (gold.get(2).isTextual()) {
        String name = gold.get(1).textValue();
        boolean prompt =
            Gold.json("conversations.json").get(name).path("add_generation_prompt").booleanValue();
        assertEquals(
            gold.get(2).textValue(),
            Chats.template(gold.get(0).textValue()).render(Chats.conversation(name), prompt),
            gold.get(0) + " " + name);
        count++;
      }
    }
    assertTrue(count > 120, "renderings: " + count);
  }

  @Test
  void beginningOfTextComesOnce() {
    Tokenizer tokenizer =
        new ByteLevelBpeProvider()
            .create(
                new ByteLevelBpeSettings(300, List.of("<s>", "</s>"), 1),
                new TokenizerContext(List.of(() -> new StringReader("one two three one two"))));
    int bos = requireNonNull(tokenizer.specialTokens().get("<s>"));
    int eos = requireNonNull(tokenizer.specialTokens().get("</s>"));
    int[] ids =
        Chats.template("gemma").encode(Chats.conversation("training"), tokenizer, false).ids();
    assertEquals(bos, ids[0]);
    assertEquals(1, Arrays.stream(ids).filter(id -> id == bos).count());
    ChatTokens tokens =
        Chats.template("llama-2").encode(Chats.conversation("training"), tokenizer, TrainOn.ALL);
    // This template begins each pair of turns with it.
    assertEquals(2, Arrays.stream(tokens.encoding().ids()).filter(id -> id == bos).count());
    boolean[] mask = tokens.lossMask();
    for (int i = 0; i < mask.length; i++) {
      if (tokens.encoding().id(i) == eos) {
        assertTrue(mask[i], "the assistant learns to end");
      }
      assertFalse(tokens.encoding().id(i) == bos && mask[i]);
    }
  }

  @Test
  void conversationsAreChangedInCopies() {
    Conversation first = Conversation.of(Message.user("a"));
    Conversation second =
        first.withSystem("s").then(Message.assistant("b").with("name", "n")).withSystem("t");
    assertEquals(List.of("user"), first.messages().stream().map(Message::role).toList());
    assertEquals(
        List.of("system", "user", "assistant"),
        second.messages().stream().map(Message::role).toList());
    assertEquals("t", second.messages().getFirst().content());
    ChatTemplate template =
        Chats.of(
            "{% for m in messages %}{{ m.role }}:{{ m.content }}{{ m.name }};{% endfor %}{{ tools"
                + " }}{{ x }}{{ add_generation_prompt }}{{ documents }}");
    assertEquals(
        "system:t;user:a;assistant:bn;None1TrueNone", template.render(second.with("x", 1), true));
    assertEquals(
        "user:a;[{'name': 'f'}]2False['d']",
        template.render(
            first
                .withTools(List.of(Map.of("name", "f")))
                .with("x", 2L)
                .with("documents", List.of("d")),
            false));
  }

  @Test
  void conversationsAreRead() {
    Conversation read =
        Conversation.read(
            "a.jsonl:1",
            "{\"messages\": [{\"role\": \"user\", \"content\": null, \"n\": 12345678901234567890}],"
                + " \"tools\": [{\"a\": 1.5}], \"flag\": true}");
    assertEquals(
        "None 12345678901234567890 [{'a': 1.5}] True",
        Chats.of("{{ messages[0].content }} {{ messages[0].n }} {{ tools }} {{ flag }}")
            .render(read, false));
  }

  @Test
  void wrongConversationsAreRefused() {
    assertEquals(
        "a.jsonl:1: messages: a list of messages expected, found nothing. A conversation reads"
            + " {\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}.",
        refused("{}"));
    assertTrue(refused("{\"messages\": {}}").startsWith("a.jsonl:1: messages: a list expected"));
    assertTrue(refused("{\"messages\": [5]}").startsWith("a.jsonl:1: messages[0]"));
    assertTrue(
        refused("{\"messages\": [{\"content\": 1}]}").startsWith("a.jsonl:1: messages[0].role"));
    assertTrue(
        refused("{\"messages\": [{\"role\": 1}]}").startsWith("a.jsonl:1: messages[0].role"));
    assertTrue(refused("{\"messages\": [").startsWith("a.jsonl:1: JSON expected"));
    assertThrows(LlmException.class, () -> new Message(Map.of("content", "x")));
    assertThrows(LlmException.class, () -> Message.of(" ", "x"));
  }

  private static String refused(String json) {
    return assertThrows(LlmException.class, () -> Conversation.read("a.jsonl:1", json))
        .getMessage();
  }
}
