package io.github.llm4j.tokenizers.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llm4j.api.error.LlmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same texts as Python's jinja2, and refusals where it refuses. */
final class GoldTest {

  @Test
  void constructsPrintWhatPythonPrints() {
    Map<String, Object> variables = Gold.variables(Gold.json("variables.json"));
    int count = 0;
    for (JsonNode gold : Gold.json("constructs.gold.json")) {
      String source = gold.get(0).textValue();
      if (gold.get(1).isTextual()) {
        Template template = Template.compile("construct", source).withClock(Gold.CLOCK);
        assertEquals(gold.get(1).textValue(), template.render(variables).text(), source);
      } else {
        assertThrows(
            LlmException.class,
            () -> Template.compile("construct", source).render(variables),
            source);
      }
      count++;
    }
    assertTrue(count > 250, "constructs: " + count);
  }

  @Test
  void templatesRenderConversationsAsPythonDoes() {
    int count = 0;
    for (JsonNode gold : Gold.json("templates.gold.json")) {
      Template template = Gold.template(gold.get(0).textValue());
      Map<String, Object> conversation = Gold.conversation(gold.get(1).textValue());
      String name = gold.get(0) + " " + gold.get(1);
      JsonNode expected = gold.get(2);
      if (expected.isTextual()) {
        Rendering rendering = template.render(conversation);
        assertEquals(expected.textValue(), rendering.text(), name);
        assertEquals(spans(gold.get(3)), rendering.generated(), name);
      } else {
        LlmException e =
            assertThrows(LlmException.class, () -> template.render(conversation), name);
        if (expected.get("kind").textValue().equals("TemplateError")) {
          assertTrue(e.getMessage().contains(expected.get("error").textValue()), e.getMessage());
        }
      }
      count++;
    }
    assertTrue(count > 150, "renderings: " + count);
  }

  private static List<Rendering.Span> spans(JsonNode gold) {
    List<Rendering.Span> spans = new ArrayList<>();
    gold.forEach(
        span -> spans.add(new Rendering.Span(span.get(0).intValue(), span.get(1).intValue())));
    return spans;
  }
}
