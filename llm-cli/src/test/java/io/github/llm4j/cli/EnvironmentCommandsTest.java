package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llm4j.api.ApiVersion;
import io.github.llm4j.api.layer.LayerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
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
  void pluginsForPrograms(@TempDir Path folder) throws Exception {
    Files.createDirectory(folder.resolve("empty"));
    Path jar = Files.createDirectory(folder.resolve("same")).resolve("same.jar");
    write(jar, AsItIsProvider.class, LayerProvider.class);
    String checksum =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    Llms.Result listed = llm("plugins", "--json", "--plugins", folder.toString());
    assertEquals(3, listed.code());
    JsonNode json = new ObjectMapper().readTree(listed.out());
    JsonNode component =
        stream(json.get("components"))
            .filter(c -> c.get("plugin").asText().equals("same"))
            .findAny()
            .orElseThrow();
    assertEquals(
        Map.of(
            "kind",
            "layer",
            "type",
            "as-it-is",
            "plugin",
            "same",
            "version",
            "7.1",
            "jar",
            jar.toString(),
            "checksum",
            checksum),
        new ObjectMapper().convertValue(component, Map.class));
    assertTrue(
        stream(json.get("components")).anyMatch(c -> c.get("type").asText().equals("characters")));
    JsonNode place =
        stream(json.get("places"))
            .filter(p -> p.get("folder").asText().equals(folder.toString()))
            .findAny()
            .orElseThrow();
    assertTrue(place.get("exists").asBoolean());
    assertEquals(1, place.get("plugins").size());
    assertEquals("same", place.get("plugins").get(0).get("name").asText());
    assertEquals(checksum, place.get("plugins").get(0).get("jars").get(0).get("checksum").asText());
    assertEquals(
        List.of(
            "plugin folder %s: jars expected, found none. Put the plugin's jars there."
                .formatted(folder.resolve("empty"))),
        stream(json.get("refused")).map(JsonNode::asText).toList());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** A plugin's jar with one provider, whose classes are those of this class path. */
  private static void write(Path jar, Class<?> provider, Class<?> service) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "7.1");
    attributes.putValue("Llm4j-Plugin", "same");
    attributes.putValue("Llm4j-Api", "" + ApiVersion.MAJOR);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new ZipEntry("META-INF/services/" + service.getName()));
      out.write(provider.getName().getBytes(StandardCharsets.UTF_8));
      for (Class<?> type :
          Stream.concat(Stream.of(provider), Stream.of(provider.getDeclaredClasses())).toList()) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    }
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
