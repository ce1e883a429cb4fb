package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void pluginsNameTheJars(@TempDir Path folder) throws IOException {
    Llms.Result plugins = llm("plugins");
    assertEquals(0, plugins.code(), plugins.out());
    assertTrue(plugins.out().startsWith("KIND  "), plugins.out());
    assertTrue(
        Pattern.compile("(?m)^tokenizer +characters +llm-tokenizers ")
            .matcher(plugins.out())
            .find(),
        plugins.out());
    Files.createDirectory(folder.resolve("empty"));
    Llms.Result refused = llm("--plugins", folder.toString(), "plugins", "--full");
    assertEquals(3, refused.code());
    assertTrue(refused.out().contains("Plugins in " + folder + ": none\n"), refused.out());
    String expected =
        "Not loaded: plugin folder %s: jars expected, found none. Put the plugin's jars there.\n"
            .formatted(folder.resolve("empty"));
    assertTrue(refused.out().endsWith(expected), refused.out());
    Llms.Result described = llm("describe", "tokenizer", "--plugins=" + folder);
    assertEquals(0, described.code());
    assertEquals(expected, described.err());
  }

  @Test
  void aPluginFolderThatIsNotThereIsAnError(@TempDir Path folder) {
    Llms.Result missing = llm("plugins", "--plugins", folder.resolve("x").toString());
    assertEquals(2, missing.code());
    assertEquals(
        "--plugins %s: a folder with a folder for each plugin expected, found nothing. Check the path.\n"
            .formatted(folder.resolve("x")),
        missing.err());
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
