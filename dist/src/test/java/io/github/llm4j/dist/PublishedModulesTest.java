package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The BOM names exactly what is published, and every jar says its licence. */
class PublishedModulesTest {
  private static final Set<String> UNPUBLISHED = Set.of("llm-bom", "parent", "dist");

  @Test
  void bomListsThePublishedModules() throws Exception {
    Set<String> modules = texts(Path.of("../pom.xml"), "module");
    assertTrue(modules.containsAll(UNPUBLISHED), "unpublished, but no module: " + UNPUBLISHED);
    modules.removeAll(UNPUBLISHED);
    Set<String> bom = texts(Path.of("../llm-bom/pom.xml"), "artifactId");
    // The BOM's own name, its parent's, and its plugin's.
    bom.removeAll(Set.of("llm-bom", "llm4j", "flatten-maven-plugin"));
    assertEquals(modules, bom);
  }

  @Test
  void everyModuleCarriesItsLicence() throws Exception {
    Set<String> modules = texts(Path.of("../pom.xml"), "module");
    modules.removeAll(UNPUBLISHED);
    for (String module : modules) {
      Path folder = Path.of("..", module, "target", "classes", "META-INF");
      String licence = Files.readString(folder.resolve("LICENSE"));
      assertTrue(licence.contains("Apache License"), module);
      String notice = Files.readString(folder.resolve("NOTICE"));
      assertEquals(module.equals("llm-backend-cpu"), notice.contains("oneDNN"), module);
    }
  }

  private static Set<String> texts(Path pom, String element) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    NodeList nodes = document.getElementsByTagName(element);
    Set<String> texts = new TreeSet<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
