package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EnvironmentCommandsTest {
  /** As wide as the longest backend's name. */
  private static final Pattern CUDA = Pattern.compile("(?m)^cuda +not usable ");

  @Test
  void backendsSayWhatIsMissing() {
    Llms.Result backends = llm("backends");
    assertEquals(0, backends.code());
    assertTrue(CUDA.matcher(backends.out()).find(), backends.out());
    assertTrue(backends.out().contains("CUDA"), backends.out());
  }

  @Test
  void doctorSaysAllOfIt() {
    Llms.Result doctor = llm("doctor");
    assertEquals(0, doctor.code());
    for (String row : new String[] {"Java", "processors", "heap", "vector API", "native calls"}) {
      assertTrue(doctor.out().contains("\n" + row + " "), row + " in " + doctor.out());
    }
    assertTrue(CUDA.matcher(doctor.out()).find(), doctor.out());
  }

  @Test
  void pluginsNameTheJars() {
    Llms.Result plugins = llm("plugins");
    assertEquals(0, plugins.code());
    assertTrue(plugins.out().contains("llm-tokenizers"), plugins.out());
    assertTrue(plugins.out().contains("  tokenizer  bytes, characters"), plugins.out());
  }

  @Test
  void describeSaysKindsTypesAndKeys() throws IOException {
    Llms.Result kinds = llm("describe");
    assertEquals(0, kinds.code());
    assertTrue(kinds.out().contains("layer"), kinds.out());
    Llms.Result types = llm("describe", "tokenizer");
    assertTrue(types.out().contains("characters"), types.out());
    Llms.Result attention = llm("describe", "layer", "attention");
    assertEquals(0, attention.code());
    assertTrue(attention.out().contains("kv-heads"), attention.out());
    Llms.Result unknown = llm("describe", "layer", "atention");
    assertEquals(2, unknown.code());
    assertGolden("unknown-layer.txt", unknown.err());
  }
}
