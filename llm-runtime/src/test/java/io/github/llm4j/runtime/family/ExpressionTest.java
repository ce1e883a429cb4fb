package io.github.llm4j.runtime.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private static ConfigKeys keys() {
    Map<String, @Nullable Object> config = new HashMap<>();
    config.put("width", 48);
    config.put("heads", 6);
    config.put("none", null);
    config.put("eps", 1e-5);
    config.put("kind", "wide");
    config.put("layers", List.of("full", "sliding"));
    config.put("rope", Map.of("theta", 500.0));
    config.put("covered", null);
    return new ConfigKeys(config, Map.of("covered", 7, "filled", 3));
  }

  private static @Nullable Object value(String text) {
    return ExpressionParser.parse(text).evaluate(keys());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(width)|48",
        "(width / heads)|8",
        "(width + 2 * heads - 1)|59",
        "(width % 5)|3",
        "(none or width)|48",
        "(gone or none or heads)|6",
        "(gone.deep or rope.theta)|500.0",
        "(rope.theta or gone)|500.0",
        "(filled)|3",
        "(covered or 1)|1",
        "(none)|null",
        "(1 if kind is 'wide' else 2)|1",
        "(1 if kind is not 'wide' else 2)|2",
        "(1 if none else 2)|2",
        "(1 if none)|null",
        "(layers(1))|sliding",
        "(layers(7))|null",
        "(length(layers))|2",
        "('full' in layers)|true",
        "(not 'none' in layers and heads <= 6)|true",
        "(width is 48.0)|true",
        "((1 - -1) * 3)|6",
        "(eps < 1e-4)|true",
        "(1 / 4.5)|0.2222222222222222",
      })
  void computes(String text, String expected) {
    assertEquals(expected, String.valueOf(value(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(gone)|expected the key gone, found none",
        "(gone + 1)|expected the key gone",
        "(none + 1)|expected a number, found null",
        "(width / 7)|expected a multiple of 7, found 48",
        "(width / 0)|a divisor other than 0",
        "(kind * 2)|expected a number, found wide",
        "(kind(1))|expected a list, found wide",
        "(width|instead of )",
        "(width heads)|heads",
        "(width +)|found ')'",
        "(wi$th)|'$th)'",
        "()|found ')'",
      })
  void saysWhatIsWrong(String text, String part) {
    String message = assertThrows(FamilyException.class, () -> value(text)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void anUnfinishedExpressionIsNoText() {
    assertFalse(ExpressionParser.isExpression("silu"));
    assertThrows(FamilyException.class, () -> ExpressionParser.isExpression("(a or 'b#c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a)|5|{a=5}",
        "(a or b)|5|{a=5}",
        "(a.b or c)|5|{a={b=5}}",
        "(a + 2)|5|{a=3}",
        "(a - 2)|5|{a=7}",
        "(2 * a)|5|{a=2.5}",
        "(a / 2)|5|{a=10}",
        "(9 - a)|5|{a=4}",
        "(5)|5|{}",
        "(a if b else c)|5|{a=5}",
      })
  void isReadBackwards(String text, int value, String expected) {
    ConfigKeys keys = ConfigKeys.empty(Map.of());
    assertTrue(Inverse.solve(ExpressionParser.parse(text), value, keys));
    assertEquals(expected, keys.config().toString());
  }

  @Test
  void oneKeyHasOneValue() {
    ConfigKeys keys = ConfigKeys.empty(Map.of());
    assertTrue(Inverse.solve(ExpressionParser.parse("(a)"), 5, keys));
    assertTrue(Inverse.solve(ExpressionParser.parse("(a)"), 5.0, keys));
    assertFalse(Inverse.solve(ExpressionParser.parse("(a)"), 6, keys));
  }

  @Test
  void aTemplateIsReadBothWays() {
    Map<String, Object> match = new LinkedHashMap<>();
    match.put("match", "(act)");
    match.put("always", Map.of("type", "gated", "size", "(size)"));
    match.put("silu", Map.of("kind", 1));
    match.put("gelu", Map.of("kind", 2));
    Template template =
        new Template(Map.of("ff", match, "extra", Map.of("when", "(more)", "x", "(x)")));
    Map<String, @Nullable Object> config = new HashMap<>(Map.of("act", "gelu", "size", 4));
    config.put("more", false);
    List<String> problems = new java.util.ArrayList<>();
    Object tree = template.evaluate(new ConfigKeys(config, Map.of()), problems);
    assertEquals(Map.of("ff", Map.of("type", "gated", "size", 4, "kind", 2)), tree);
    assertEquals(List.of(), problems);
    ConfigKeys solved = ConfigKeys.empty(Map.of());
    new Template(Map.of("ff", match)).solve(tree, solved);
    assertEquals(Map.of("act", "gelu", "size", 4), solved.config());
    config.put("act", "tanh");
    template.evaluate(new ConfigKeys(config, Map.of()), problems);
    assertEquals(List.of("ff: expected one of silu, gelu, found tanh"), problems);
  }
}
