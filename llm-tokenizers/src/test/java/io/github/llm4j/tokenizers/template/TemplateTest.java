package io.github.llm4j.tokenizers.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TemplateTest {

  private static String message(String source, Map<String, ?> variables) {
    return assertThrows(
            LlmException.class, () -> Template.compile("chat.jinja", source).render(variables))
        .getMessage();
  }

  @Test
  void errorsNameTemplateLineExpectedAndFound() {
    assertEquals(
        "chat.jinja, line 3: '{% endif %}' or '{% elif %}' expected, found the end of the template."
            .replace(
                "'{% endif %}' or '{% elif %}'", "'{% elif %}' or '{% else %}' or '{% endif %}'"),
        message("{% if a %}\nx\ny", Map.of()));
    assertEquals(
        "chat.jinja, line 2: a value expected, found 'content' of a mapping of 1, which is"
            + " undefined.",
        message(
            "{% for m in messages %}\n{{ m.content.text }}{% endfor %}",
            Map.of("messages", List.of(Map.of("role", "user")))));
    assertEquals(
        "chat.jinja, line 2: two numbers, two texts or two lists expected for +, found 'a' and 1.",
        message("\n{{ 'a' + 1 }}", Map.of()));
    assertEquals(
        "chat.jinja, line 1: something to call expected, found 'append' of a list (it would change"
            + " the list), which is undefined.",
        message("{{ [].append(1) }}", Map.of()));
    assertEquals(
        "chat.jinja, line 1: the template refuses this conversation: roles must alternate",
        message("{{ raise_exception('roles must alternate') }}", Map.of()));
  }

  @Test
  void linesAreThoseOfTheFileBehindMacrosAndLoops() {
    String source = "{% macro m(x) %}\n{{ x }}\n{% endmacro %}\n{{ m(1)\n ~ (2 + none) }}";
    assertTrue(
        message(source, Map.of()).startsWith("chat.jinja, line 5:"), message(source, Map.of()));
  }

  @Test
  void valuesOfOtherKindsAreRefused() {
    assertEquals(
        "messages[].date: null, boolean, number, text, list or mapping expected, found a"
            + " java.time.LocalDate. A template sees nothing else.",
        message("{{ messages }}", Map.of("messages", List.of(Map.of("date", LocalDate.EPOCH)))));
    Map<Integer, String> numbered = Map.of(1, "x");
    assertTrue(message("{{ a }}", Map.of("a", numbered)).startsWith("a: texts as keys"));
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertTrue(message("{{ a }}", Map.of("a", itself)).contains("nested at most 100 deep"));
  }

  @Test
  void javaNumbersBecomePythonNumbers() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("a", List.of(1, (short) 2, (byte) 3, 4L, 0.5f, 1.0));
    variables.put("n", null);
    assertEquals(
        "[1, 2, 3, 4, 0.5, 1.0] None",
        Template.compile("t", "{{ a }} {{ n }}").render(variables).text());
  }

  @Test
  void valuesOfTheCallerStayAsTheyAre() {
    Map<String, Object> tool = new HashMap<>(Map.of("name", "f"));
    List<Object> tools = new ArrayList<>(List.of(tool));
    Template template =
        Template.compile("t", "{% set ns = namespace(tools) %}{% set tools = [] %}{{ tools }}");
    assertThrows(LlmException.class, () -> template.render(Map.of("tools", tools)));
    assertEquals(List.of(Map.of("name", "f")), tools);
  }

  @Test
  void nothingOfJavaCanBeReached() {
    for (String attribute :
        List.of("class", "getClass", "__class__", "forName", "toString", "hashCode")) {
      String source =
          "{{ x.%1$s is defined }}{{ m.%1$s is defined }}{{ l['%1$s'] is defined }}{{ 5.0.%1$s is defined }}"
              .formatted(attribute);
      assertEquals(
          "FalseFalseFalseFalse",
          Template.compile("t", source)
              .render(Map.of("x", "text", "m", Map.of(), "l", List.of()))
              .text());
    }
  }

  @Test
  void oneTemplateServesManyThreads() {
    Template template = Gold.template("qwen-3");
    Map<String, Object> conversation = Gold.conversation("thoughts");
    String expected = template.render(conversation).text();
    assertTrue(
        IntStream.range(0, 200)
            .parallel()
            .allMatch(i -> template.render(conversation).text().equals(expected)));
  }

  @Test
  void generationInsideACapturedTextHasNoKnownPlace() {
    String inside = "{% generation %}a{% endgeneration %}";
    assertTrue(Template.compile("t", inside).render(Map.of()).spansKnown());
    Rendering captured =
        Template.compile("t", "{% set x %}" + inside + "{% endset %}{{ x }}").render(Map.of());
    assertFalse(captured.spansKnown());
    assertEquals("a", captured.text());
  }

  @Test
  void limitsAreErrorsOfTheUser() {
    LlmException e =
        assertThrows(
            LlmException.class,
            () -> Template.compile("t", "{{ 'x' * 10 ** 9 }}").render(Map.of()));
    assertEquals(ErrorKind.USER, e.kind());
  }
}
