package io.github.llm4j.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real jars with compiled providers, found through a class loader. */
class RegistryTest {
  private static final Kind LAYER = new Kind("layer", LayerProvider.class);

  @TempDir Path folder;
  private final List<URL> jars = new ArrayList<>();

  @BeforeEach
  void twoJars() throws IOException {
    jar("norms", "2.1", "demo.Fine", "fine-norm", "");
    jar("layers", "0.3", "demo.Gated", "gated", "");
  }

  @Test
  void findsWhatJarsBringAndSaysFromWhere() throws IOException {
    try (URLClassLoader loader = loader()) {
      Registry registry = Registry.of(loader, List.of(LAYER));
      assertEquals(
          List.of("fine-norm", "gated"),
          registry.entries(LAYER).stream().map(Entry::type).toList());
      Entry entry = registry.require(LAYER, "fine-norm");
      assertEquals("norms 2.1", entry.source().toString());
      assertEquals(folder.resolve("norms.jar").toString(), entry.source().location());
      assertEquals(List.of(), registry.failures());
      assertEquals(LAYER, registry.kindBuilding(Layer.class).orElseThrow());
      assertEquals(2, registry.providers(LayerProvider.class).size());
    }
  }

  @Test
  void saysWhatIsKnownWhenATypeIsNot() throws IOException {
    try (URLClassLoader loader = loader()) {
      Registry registry = Registry.of(loader, List.of(LAYER));
      LlmException e = assertThrows(LlmException.class, () -> registry.require(LAYER, "finenorm"));
      assertEquals(
          """
          no layer is called 'finenorm'. Did you mean 'fine-norm'?
          Known: gated (layers 0.3), fine-norm (norms 2.1). A plugin's layer needs its jar in plugins/ or on the class path.\
          """,
          e.getMessage());
      assertEquals(ErrorKind.USER, e.kind());
    }
  }

  @Test
  void refusesTwoOfOneName() throws IOException {
    jar("other", "9", "demo.Other", "gated", "");
    try (URLClassLoader loader = loader()) {
      LlmException e = assertThrows(LlmException.class, () -> Registry.of(loader, List.of(LAYER)));
      assertEquals(
          "plugins: expected one layer called 'gated', found two: demo.Gated in %s (layers 0.3) and demo.Other in %s (other 9). Remove one of the jars."
              .formatted(folder.resolve("layers.jar"), folder.resolve("other.jar")),
          e.getMessage());
      assertEquals(ErrorKind.PLUGIN, e.kind());
    }
  }

  @Test
  void loadsTheOthersWhenOneIsBroken() throws IOException {
    jar(
        "broken",
        "1",
        "demo.Broken",
        "broken",
        "static { if (true) throw new IllegalStateException(\"no GPU\"); }");
    jar("loud", "1", "demo.Loud", "Loud_Layer", "");
    services("absent", "demo.NotThere");
    try (URLClassLoader loader = loader()) {
      Registry registry = Registry.of(loader, List.of(LAYER));
      assertEquals(2, registry.entries(LAYER).size());
      assertEquals(3, registry.failures().size(), registry.failures().toString());
      String all = String.join("\n", registry.failures());
      assertTrue(all.contains("demo.Broken of kind 'layer' (broken 1, "), all);
      assertTrue(all.contains("no GPU"), all);
      assertTrue(
          all.contains(
              "demo.Loud (loud 1): expected a type of lower-case words joined by '-', found"
                  + " 'Loud_Layer'. Rename it."),
          all);
      assertTrue(all.contains("demo.NotThere"), all);
      assertTrue(registry.unknown(LAYER, "x").contains("Not loaded: demo.Broken"));
    }
  }

  @Test
  void findsTheNearestName() {
    List<String> known = List.of("kv-heads", "heads", "d-model", "epochs", "lr");
    assertEquals("kv-heads", Names.nearest("kvHeads", known).orElseThrow());
    assertEquals("kv-heads", Names.nearest("kv_head", known).orElseThrow());
    assertEquals("heads", Names.nearest("haeds", known).orElseThrow());
    assertEquals("epochs", Names.nearest("num-epoch", known).orElseThrow());
    assertEquals("", Names.didYouMean("dropout", known));
    assertEquals("", Names.didYouMean("d", known));
  }

  private URLClassLoader loader() {
    return new URLClassLoader(jars.toArray(URL[]::new), RegistryTest.class.getClassLoader());
  }

  private void jar(String name, String version, String type, String layer, String body)
      throws IOException {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    String source =
        """
        package demo;
        public final class %s implements io.github.llm4j.api.layer.LayerProvider<%s.Settings> {
          %s
          public record Settings() {}
          public String type() { return "%s"; }
          public Class<Settings> settings() { return Settings.class; }
          public io.github.llm4j.api.layer.Layer create(Settings s, io.github.llm4j.api.layer.LayerContext c) {
            return (x, pass) -> x;
          }
        }
        """
            .formatted(simple, simple, body, layer);
    Path classes = Files.createDirectories(folder.resolve(name));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    boolean compiled =
        compiler
            .getTask(
                null,
                null,
                null,
                List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path")),
                null,
                List.of(new Source(type, source)))
            .call();
    assertTrue(compiled);
    Manifest manifest = manifest(name, version);
    Path jar = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      service(zip, type);
      for (String file : List.of(simple, simple + "$Settings")) {
        zip.putNextEntry(new ZipEntry("demo/" + file + ".class"));
        Files.copy(classes.resolve("demo/" + file + ".class"), zip);
      }
    }
    jars.add(jar.toUri().toURL());
  }

  private void services(String name, String type) throws IOException {
    Path jar = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest(name, "1"))) {
      service(zip, type);
    }
    jars.add(jar.toUri().toURL());
  }

  private static Manifest manifest(String name, String version) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, name);
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    return manifest;
  }

  private static void service(JarOutputStream zip, String type) throws IOException {
    zip.putNextEntry(new ZipEntry("META-INF/services/" + LayerProvider.class.getName()));
    new ByteArrayInputStream((type + "\n").getBytes(StandardCharsets.UTF_8)).transferTo(zip);
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String type, String code) {
      super(
          URI.create("string:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
