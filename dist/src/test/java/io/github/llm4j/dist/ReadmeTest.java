package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.layer.LayerProvider;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the guides point at exists, and the README's Java compiles. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("public (?:final class|record) (\\w+)");

  @TempDir Path temporary;

  @Test
  void linksLeadSomewhere() throws Exception {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(p -> p.toString().endsWith(".md")).forEach(pages::add);
    }
    Set<String> dead = new TreeSet<>();
    int links = 0;
    for (Path page : pages) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        links++;
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          dead.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertTrue(links > 10, "only " + links + " links found");
    assertEquals(Set.of(), dead);
  }

  @Test
  void layerOfTheReadmeCompilesAndNamesItself() throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("-d", temporary.toString(), "-cp", System.getProperty("java.class.path")));
    Matcher block = JAVA.matcher(Files.readString(ROOT.resolve("README.md")));
    String provider = "";
    while (block.find()) {
      Matcher type = TYPE.matcher(block.group(1));
      assertTrue(type.find(), block.group(1));
      Path file = temporary.resolve(type.group(1) + ".java");
      Files.writeString(file, block.group(1));
      words.add(file.toString());
      provider = type.group(1).endsWith("Provider") ? type.group(1) : provider;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    assertTrue(
        compiler
            .getTask(problems, null, null, words.subList(0, 4), null, sources(compiler, words))
            .call(),
        problems::toString);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {temporary.toUri().toURL()})) {
      LayerProvider<?> layer =
          (LayerProvider<?>)
              loader.loadClass("com.acme." + provider).getConstructor().newInstance();
      assertEquals("acme-gate", layer.type());
      assertTrue(Files.readString(ROOT.resolve("README.md")).contains("type = " + layer.type()));
    }
  }

  private static Iterable<? extends javax.tools.JavaFileObject> sources(
      JavaCompiler compiler, List<String> words) {
    return compiler
        .getStandardFileManager(null, null, null)
        .getJavaFileObjectsFromStrings(words.subList(4, words.size()));
  }
}
