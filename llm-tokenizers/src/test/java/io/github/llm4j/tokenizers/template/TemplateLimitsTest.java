package io.github.llm4j.tokenizers.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates that would take all time or memory end with an error instead. */
final class TemplateLimitsTest {
  /** Far less stack than the JVM gives by default. */
  private static final long SMALL_STACK = 512 << 10;

  /** As many steps as a test has time for; the depth is that of every template. */
  private static final TemplateLimits LIMITS =
      new TemplateLimits(300_000, 1 << 22, TemplateLimits.DEFAULT.depth());

  /** Renders on a thread with a small stack; gives the message of the error. */
  private static String refused(String source) {
    String[] message = {"no error"};
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                Template.compile("t", source).withLimits(LIMITS).render(Map.of());
              } catch (LlmException e) {
                message[0] = e.getMessage();
              } catch (StackOverflowError e) {
                message[0] = "stack overflow";
              }
            },
            "small",
            SMALL_STACK);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertTrue(
        message[0].startsWith("t, line "),
        source.substring(0, Math.min(80, source.length())) + " -> " + message[0]);
    return message[0];
  }

  @Test
  void deepSourcesAreRefused() {
    int deep = 100_000;
    for (String open : List.of("(", "[", "{1:", "-", "f(", "a[", "1 if ", "'a'|f(")) {
      refused("{{ " + open.repeat(deep));
    }
    refused("{% if 1 %}".repeat(deep));
    refused("{% for x in y %}".repeat(deep));
    refused("{{ a" + ".b".repeat(deep) + " }}");
    refused("{{ a" + "|upper".repeat(deep) + " }}");
    refused("{{ 1" + " if 1".repeat(deep) + " }}");
    refused("{% set " + "(".repeat(deep) + "a = 1 %}");
    refused("{% set a" + "|upper".repeat(deep) + " %}{% endset %}");
  }

  @Test
  void longChainsAreNotDeep() {
    int many = 20_000;
    String source =
        "{{ 1"
            + " + 1".repeat(many)
            + " }} {{ 'a'"
            + " ~ 'a'".repeat(many)
            + " }} {{ 1"
            + " and 1".repeat(many)
            + " }} {{ "
            + "not ".repeat(many)
            + "1 }}";
    String text = Template.compile("t", source).render(Map.of()).text();
    assertEquals((many + 1) + " " + "a".repeat(many + 1) + " 1 True", text);
  }

  @Test
  void endlessRecursionIsRefused() {
    refused("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");
    refused("{% macro m(a=m()) %}{% endmacro %}{{ m() }}");
    refused(
        "{% macro m() %}{% if 1 %}{% for x in [1] %}{% if 1 %}{{ 'a' ~ (m()|upper) }}{% endif %}{%"
            + " endfor %}{% endif %}{% endmacro %}{{ m() }}");
    refused("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}");
    refused("{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}");
    refused(
        "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{%"
            + " endcall %}{% endmacro %}{{ n() }}");
  }

  @Test
  void deepValuesAreRefused() {
    String deep =
        "{% set ns = namespace(x=[]) %}{% for i in range(5000) %}{% set ns.x = [ns.x] %}{% endfor"
            + " %}";
    for (String use :
        List.of(
            "ns.x",
            "ns.x|tojson",
            "ns.x == ns.x[0]",
            "ns.x < ns.x[0]",
            "ns.x in [ns.x[0]]",
            "'%s' % ns.x",
            "ns.x|string")) {
      refused(deep + "{{ " + use + " }}");
    }
    refused(
        "{% set ns = namespace(x=1) %}{% for i in range(5000) %}{% set ns.x = (ns.x,) %}{% endfor"
            + " %}{{ {ns.x: 1} }}");
  }

  @Test
  void wideValuesAreRefused() {
    String wide =
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{%"
            + " endfor %}";
    for (String use :
        List.of("ns.x", "ns.x|tojson", "ns.x|tojson(indent=2)", "ns.x|string|length")) {
      refused(wide + "{{ " + use + " }}");
    }
    String other =
        wide
            + "{% set ms = namespace(x='ab') %}{% for i in range(60) %}{% set ms.x = [ms.x, ms.x]"
            + " %}{% endfor %}";
    refused(other + "{{ ns.x == ms.x }}");
    refused(other + "{{ ns.x < ms.x }}");
  }

  @Test
  void hugeResultsAreRefused() {
    for (String use :
        List.of(
            "'x' * 10 ** 10",
            "[1] * 10 ** 10",
            "'%1000000000d' % 1 * 1000",
            "'a'|center(10 ** 9)",
            "'a'.ljust(10 ** 9)",
            "'a\\nb'|indent(10 ** 9)",
            "10 ** (10 ** 10)",
            "9 ** (9 ** 9)",
            "('a' * 10 ** 6).replace('a', 'b' * 10 ** 6)",
            "('a' * 10 ** 6).join('b' * 10 ** 6)",
            "range(10 ** 18)|list",
            "[1]|batch(10 ** 9, 1)|list",
            "[1]|slice(10 ** 9)|list",
            "'\\t'.expandtabs(10 ** 9)",
            "'{:999999}'.format(1) * 1000",
            "'0'.zfill(2 ** 40)",
            "('a ' * 10 ** 7).split()|length")) {
      refused("{{ " + use + " }}");
    }
    refused(
        "{% set ns = namespace(x='x') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{%"
            + " endfor %}");
    refused(
        "{% set ns = namespace(x=3) %}{% for i in range(100) %}{% set ns.x = ns.x * ns.x %}{%"
            + " endfor %}");
    refused("{% for i in range(100000) %}" + "x".repeat(1000) + "{% endfor %}");
  }

  @Test
  void longLoopsAreRefused() {
    refused("{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}");
    refused("{% for i in range(100000) %}{% if i in range(100000) %}{% endif %}{% endfor %}");
    refused("{% set t = 'a' * 1000000 %}{% for i in range(100000) %}{{ t.find('b') }}{% endfor %}");
    refused("{% for i in range(1000) %}{{ range(100000)|sort|first }}{% endfor %}");
  }

  @Test
  void limitsCanBeSet() {
    Template template = Template.compile("t", "{% for i in range(50) %}{{ i }}{% endfor %}");
    assertEquals(90, template.render(Map.of()).text().length());
    Template fewSteps = template.withLimits(new TemplateLimits(100, 1000, 100));
    assertTrue(
        assertThrows(LlmException.class, () -> fewSteps.render(Map.of()))
            .getMessage()
            .contains("at most 100 steps"));
    Template shortText = template.withLimits(new TemplateLimits(10_000, 80, 100));
    assertTrue(
        assertThrows(LlmException.class, () -> shortText.render(Map.of()))
            .getMessage()
            .contains("at most 80 expected"));
  }
}
