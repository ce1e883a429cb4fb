package io.github.llm4j.tokenizers.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatTemplateFilesTest {
  private static final Conversation HI = Conversation.of(Message.user("hi"));

  @TempDir private Path folder;

  private void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String render() {
    return ChatTemplate.open(folder).render(HI, true);
  }

  private String refused(Path path) {
    return assertThrows(LlmException.class, () -> ChatTemplate.open(path)).getMessage();
  }

  @Test
  void theConfigHoldsTemplateAndTokens() {
    write(
        "tokenizer_config.json",
        """
        {"bos_token": "<s>", "eos_token": {"__type": "AddedToken", "content": "</s>", "lstrip": false}, "pad_token": null,
         "additional_special_tokens": ["<a>", {"content": "<b>"}], "extra_special_tokens": {"image_token": "<i>"},
         "add_bos_token": true, "model_max_length": 1000000000000000019884624838656,
         "chat_template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}{{ image_token }}{{ additional_special_tokens }}{{ pad_token is defined }}"}
        """);
    assertEquals("<s>hi</s><i>['<a>', '<b>']False", render());
    Path config = folder.resolve("tokenizer_config.json");
    assertEquals("<s>hi</s><i>['<a>', '<b>']False", ChatTemplate.open(config).render(HI, true));
  }

  @Test
  void aFileOfItsOwnComesFirst() {
    write("tokenizer_config.json", "{\"bos_token\": \"<s>\", \"chat_template\": \"old\"}");
    write(
        "special_tokens_map.json",
        "{\"bos_token\": \"<x>\", \"unk_token\": {\"content\": \"<unk>\"}}");
    write("chat_template.jinja", "{{ bos_token }}{{ unk_token }}new\n");
    write("additional_chat_templates/rag.jinja", "rag {{ messages|length }}");
    assertEquals("<s><unk>new", render());
    assertEquals(
        "<s><unk>new", ChatTemplate.open(folder.resolve("chat_template.jinja")).render(HI, true));
    assertEquals(
        "<s><unk>new", ChatTemplate.open(folder.resolve("tokenizer_config.json")).render(HI, true));
    assertEquals("rag 1", ChatTemplate.open(folder).named("rag").render(HI, true));
    assertEquals(
        folder + ": a template 'x' expected, found default, rag. Name one of them.",
        assertThrows(LlmException.class, () -> ChatTemplate.open(folder).named("x")).getMessage());
  }

  @Test
  void namedTemplatesAreTakenByWhatTheConversationHas() {
    write(
        "tokenizer_config.json",
        "{\"chat_template\": [{\"name\": \"default\", \"template\": \"plain\"}, {\"name\":"
            + " \"tool_use\", \"template\": \"tools {{ tools|length }}\"}]}");
    assertEquals("plain", render());
    assertEquals(
        "tools 1",
        ChatTemplate.open(folder).render(HI.withTools(List.of(Map.of("name", "f"))), true));
    assertEquals(List.of("default", "tool_use"), ChatTemplate.open(folder).names());
    write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"a\", \"template\": \"x\"}]}");
    assertTrue(
        assertThrows(LlmException.class, this::render)
            .getMessage()
            .contains("'default' expected, found a"));
  }

  @Test
  void processorsKeepItInAFileOfTheirOwn() {
    write("chat_template.json", "{\"chat_template\": \"{{ messages[0].role }}\"}");
    assertEquals("user", render());
  }

  @Test
  void whatIsMissingOrDamagedIsSaid() {
    assertTrue(refused(folder.resolve("nowhere")).contains("found no such file"));
    assertEquals(
        folder
            + ": a chat template expected, found neither chat_template.jinja nor the key"
            + " 'chat_template' in tokenizer_config.json. Is it a model for conversations?",
        refused(folder));
    Path config = folder.resolve("tokenizer_config.json");
    write("tokenizer_config.json", "{\"chat_template\": \"{{ x }}\", ");
    assertTrue(refused(folder).startsWith(config + ": JSON expected"));
    write("tokenizer_config.json", "{\"chat_template\": 5}");
    assertTrue(
        refused(folder)
            .startsWith(
                config
                    + ": chat_template: a text, or a list of named templates, expected, found 5"));
    write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"default\"}]}");
    assertTrue(refused(folder).startsWith(config + ": chat_template[0].template: a text"));
    write("tokenizer_config.json", "{\"chat_template\": \"{% if x %}\\n{{ y \"}");
    assertEquals(
        config + ": chat_template, line 2: '}}' expected, found the end of the template.",
        refused(folder));
    write("tokenizer_config.json", "{\"bos_token\": {\"id\": 1}, \"chat_template\": \"x\"}");
    assertTrue(refused(folder).startsWith(config + ": bos_token.content: a text"));
  }
}
