package io.github.llm4j.tokenizers.template;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llm4j.api.error.LlmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged templates give a text or an {@link LlmException}, and nothing else. */
final class TemplateFuzzTest {
  private static final String[] PIECES = {
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-",
    "+",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ".",
    ",",
    ":",
    "'",
    "\"",
    "\\",
    "\n",
    " if ",
    " else ",
    " for ",
    " in ",
    " is ",
    " not ",
    "{% endfor %}",
    "{% endif %}",
    "{% raw %}",
    "{% set x = ",
    "loop.",
    "0",
    "-1",
    "1e309",
    "~",
    "*",
    "**",
    "%",
    "//",
    "==",
    "<",
    "none",
    "missing",
    "messages",
    "|tojson",
    "|list",
    "[::-1]",
    "é",
    "\ud83d",
    "\u0000",
    "{% macro m(a) %}",
    "{% endmacro %}",
    "m(",
    "namespace(",
    "{% generation %}",
    "|map('",
    "*x",
    "**x"
  };

  private static final TemplateLimits LIMITS = new TemplateLimits(20_000, 100_000, 300);

  @Test
  void damagedTemplatesAreRefusedOrRendered() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> sources = new ArrayList<>();
    Gold.json("constructs.gold.json").forEach(gold -> sources.add(gold.get(0).textValue()));
    for (String name :
        List.of("chatml", "llama-3", "qwen-3", "mistral", "command-r", "schema", "deepseek")) {
      sources.add(Gold.text("templates/" + name + ".jinja"));
    }
    JsonNode variables = Gold.json("variables.json");
    Map<String, Object> values = Gold.variables(variables);
    int rendered = 0;
    for (int i = 0; i < 6000; i++) {
      String source = damage(random, sources);
      try {
        Template.compile("t", source).withLimits(LIMITS).render(values);
        rendered++;
      } catch (LlmException e) {
        assertTrue(
            e.getMessage().startsWith("t, line "), () -> "seed " + seed + ": " + e.getMessage());
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", template: " + source, e);
      }
    }
    int some = rendered;
    assertTrue(some > 300, () -> "seed " + seed + ": " + some + " rendered");
  }

  private static String damage(Random random, List<String> sources) {
    StringBuilder source = new StringBuilder(sources.get(random.nextInt(sources.size())));
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(source.length() + 1);
      int end = Math.min(source.length(), at + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> source.delete(at, end);
        case 1 -> source.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> source.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        default -> {
          String other = sources.get(random.nextInt(sources.size()));
          int from = random.nextInt(other.length());
          source.insert(at, other, from, Math.min(other.length(), from + random.nextInt(40)));
        }
      }
    }
    return source.toString();
  }
}
