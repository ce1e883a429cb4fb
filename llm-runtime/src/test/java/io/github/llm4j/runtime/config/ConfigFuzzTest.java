package io.github.llm4j.runtime.config;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.llm4j.api.error.ConfigException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a text is, it binds or is refused with problems: nothing else is thrown. */
class ConfigFuzzTest {
  private static final String CONFIG =
      """
      name = a # a note
      base { norm { type = rms-norm, eps = 1e-5 }, attention { heads = 2 } }
      model { type = decoder, layers = 1, "d-model" : 8, block = ${base} { norm.type = layer-norm }
        extra = [rope, { type = rms-norm, eps = 0.5 }] }
      trainer { steps = ${?STEPS}, seed = ${n}, warmup = 6%, every = 10 s, optimizer = sgd
        optimizer.lr = 1 }
      n = 3
      data { labels = [x, "y z"] ["w"], columns { b = 1, a = 0 } }
      data.labels += \"""v\"""
      """;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\"\"\"",
    "${",
    "${?n}",
    "${model}",
    "=",
    ":",
    "+=",
    ",",
    "\n",
    "#",
    "//",
    "include \"x\"",
    "null",
    ".",
    "..",
    "type = sgd",
    "%",
    "\\",
    "\u0000",
    "\u00e9",
    "1e999999999",
    "-",
    "{ type = x }",
    "norm",
    " ",
    "'",
    "$",
    "\uFEFF",
    "model.block.norm = null\n"
  };

  @Test
  void bindsOrSaysProblems() {
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    int bound = 0;
    for (int round = 0; round < 400; round++) {
      StringBuilder text = new StringBuilder(CONFIG);
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
          case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
          default -> text.setCharAt(at, (char) random.nextInt(128));
        }
      }
      try {
        new Binder(TestComponents.registry())
            .bind(TestComponents.Run.class, ConfigSource.text("fuzz.conf", text.toString()))
            .render();
        bound++;
      } catch (ConfigException e) {
        assertTrue(e.getMessage().contains(" in fuzz.conf\n1) "), e.getMessage());
      } catch (RuntimeException | StackOverflowError e) {
        fail("seed " + seed + ", round " + round + ":\n" + text, e);
      }
    }
    assertTrue(bound > 5, "only " + bound + " of 400 were bound, seed " + seed);
  }
}
