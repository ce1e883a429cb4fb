package io.github.llm4j.tokenizers.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.tokenizers.BytesProvider;
import io.github.llm4j.tokenizers.BytesSettings;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.Tokenizers;
import io.github.llm4j.tokenizers.template.Rendering.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LossMaskTest {
  private static final Tokenizer BYTES =
      new BytesProvider().create(new BytesSettings(), new TokenizerContext(List.of()));

  private static List<String> said(String template, String conversation, TrainOn trainOn) {
    return Chats.said(Chats.template(template).annotate(Chats.conversation(conversation), trainOn));
  }

  @Test
  void generationBlocksSayWhatTheAssistantSays() {
    assertEquals(
        List.of("Two.<|im_end|>", "Five.<|im_end|>"), said("chatml", "training", TrainOn.ALL));
    assertEquals(List.of("Five.<|im_end|>"), said("chatml", "training", TrainOn.LAST));
    assertEquals(List.of("Two.<|end|>", "Five.<|end|>"), said("granite", "training", TrainOn.ALL));
    assertEquals(List.of(), said("chatml", "question", TrainOn.LAST));
  }

  @Test
  void withoutBlocksTurnsAreAddedOneByOne() {
    assertEquals(List.of(" Two. </s>", " Five. </s>"), said("llama-2", "training", TrainOn.ALL));
    assertEquals(
        List.of("Two.<|eot_id|>", "Five.<|eot_id|>"), said("llama-3", "training", TrainOn.ALL));
    assertEquals(
        List.of("Two.<|im_end|>\n", "Five.<|im_end|>\n"),
        said("qwen-2.5", "training", TrainOn.ALL));
    assertEquals(
        List.of("Two.<end_of_turn>\n", "Five.<end_of_turn>\n"),
        said("gemma", "training", TrainOn.ALL));
    assertEquals(List.of("Two.</s>\n", "Five.</s>\n"), said("zephyr", "training", TrainOn.ALL));
    assertEquals(List.of("Five.</s>\n"), said("zephyr", "training", TrainOn.LAST));
    assertEquals(List.of("Two.<|im_end|>\n"), said("qwen-2.5", "system-and-turns", TrainOn.LAST));
    assertEquals(List.of(), said("qwen-2.5", "question", TrainOn.ALL));
  }

  @Test
  void callsOfToolsAreSaidTheirAnswersAreNot() {
    List<String> said = said("qwen-2.5", "tools-called", TrainOn.ALL);
    String ulm = "{\"city\": \"Ulm\", \"days\": 2, \"exact\": true, \"at\": null, \"ratio\": 1.5}";
    assertEquals(
        List.of(
            "I'll look.\n" + call(ulm),
            "It is 21.5 degrees.<|im_end|>\n",
            call("{\"city\": \"Bonn\"}"),
            "18 degrees.<|im_end|>\n"),
        said);
  }

  private static String call(String arguments) {
    String call = "{\"name\": \"get_weather\", \"arguments\": %s}".formatted(arguments);
    return String.join("\n", "<tool_call>", call, "</tool_call><|im_end|>", "");
  }

  @Test
  void aTemplateThatRewritesEarlierTurnsIsRefused() {
    LlmException e =
        assertThrows(LlmException.class, () -> said("qwen-3", "training", TrainOn.ALL));
    assertEquals(
        "qwen-3: the text up to turn 3 (assistant) at the begin of the whole text expected, found"
            + " 'Two.<|im_end|>\\n<|im_…' instead of '<think>\\n\\n</think>\\n\\nT…' at character"
            + " 108. The template writes a turn otherwise when others follow: put {% generation %}"
            + " blocks around what the assistant says in it, or train on the last turn.",
        e.getMessage());
    assertEquals(
        List.of("<think>\n\n</think>\n\nFive.<|im_end|>\n"),
        said("qwen-3", "training", TrainOn.LAST));
    assertTrue(
        assertThrows(LlmException.class, () -> said("mistral", "training", TrainOn.LAST))
            .getMessage()
            .contains("before turn 5 (assistant)"));
  }

  @Test
  void aBlockInsideACapturedTextIsRefused() {
    ChatTemplate template =
        Chats.of("{% set x %}{% generation %}a{% endgeneration %}{% endset %}b{{ x }}");
    Conversation conversation = Chats.conversation("question");
    assertEquals("ba", template.render(conversation, false));
    assertTrue(
        assertThrows(LlmException.class, () -> template.annotate(conversation, TrainOn.ALL))
            .getMessage()
            .startsWith("chat.jinja: generation blocks in the template's own text expected"));
  }

  @Test
  void maskedTokensAreExactlyWhatIsSaid() {
    for (String name : List.of("chatml", "qwen-2.5", "llama-2", "granite", "gemma")) {
      ChatTokens tokens =
          Chats.template(name).encode(Chats.conversation("blanks-and-scripts"), BYTES, TrainOn.ALL);
      assertEquals(String.join("", Chats.said(tokens.text())), masked(tokens), name);
    }
  }

  private static String masked(ChatTokens tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean[] mask = tokens.lossMask();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        bytes.writeBytes(BYTES.bytes(tokens.encoding().id(i)));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyTurnOfARandomConversationIsFound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] pieces = {
      "a", " ", "\n", "é", "😀", "日", "<s>", "word", "\t", "{{ x }}", "<|im_end|>"
    };
    for (int round = 0; round < 40; round++) {
      List<Message> messages = new ArrayList<>();
      List<String> said = new ArrayList<>();
      int turns = 1 + random.nextInt(5);
      for (int i = 0; i < turns; i++) {
        messages.add(Message.user(text(random, pieces)));
        said.add(text(random, pieces));
        messages.add(Message.assistant(said.getLast()));
      }
      Conversation conversation = Conversation.of(messages.toArray(Message[]::new));
      for (String name : List.of("chatml", "qwen-2.5", "zephyr", "granite")) {
        ChatTokens tokens = Chats.template(name).encode(conversation, BYTES, TrainOn.ALL);
        List<String> found = Chats.said(tokens.text());
        String where = "seed " + seed + ", " + name;
        assertEquals(turns, found.size(), where);
        for (int i = 0; i < turns; i++) {
          assertTrue(found.get(i).startsWith(said.get(i)), where + ": " + found.get(i));
        }
        assertEquals(String.join("", found), masked(tokens), where);
      }
    }
  }

  private static String text(Random random, String[] pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  @Test
  void aTokenThatBeginsInThePromptIsLearnedIfItEndsInTheAnswer() {
    // The blank behind the colon and the answer's word are one token.
    Tokenizer gpt2 = Tokenizers.open(SharedData.path("data/tokenizers/gpt2"));
    ChatTemplate template =
        Chats.of(
            "{% for m in messages %}{% if m.role == 'user' %}Answer: {% else %}{{ m.content }}{%"
                + " endif %}{% endfor %}");
    Conversation conversation = Conversation.of(Message.user("?"), Message.assistant("hi"));
    assertArrayEquals(
        new int[] {33706, 25, 220},
        template.encode(Conversation.of(Message.user("?")), gpt2, true).ids());
    ChatTokens tokens = template.encode(conversation, gpt2, TrainOn.ALL);
    assertArrayEquals(new int[] {33706, 25, 23105}, tokens.encoding().ids());
    assertArrayEquals(new boolean[] {false, false, true}, tokens.lossMask());
  }

  @Test
  void tokensThatStandForNothingAreMaskedByTheirPlace() {
    ChatText text = new ChatText("abcdef", List.of(span(1, 3), span(4, 5)));
    Encoding encoding =
        new Encoding.Builder()
            .addSpecial(9, 0)
            .add(1, 0, 1, 0, 0, 0)
            .add(2, 1, 1, 0, 0, 0) // nothing, where the assistant begins
            .add(3, 1, 3, 0, 0, 0)
            .add(4, 3, 3, 0, 0, 0) // nothing, where it has ended
            .add(5, 3, 5, 0, 0, 0)
            .add(6, 5, 6, 0, 0, 0)
            .addPadding(0, 0)
            .build();
    assertArrayEquals(
        new boolean[] {false, false, true, true, false, true, false, false},
        text.lossMask(encoding));
  }

  private static Span span(int from, int to) {
    return new Span(from, to);
  }
}
