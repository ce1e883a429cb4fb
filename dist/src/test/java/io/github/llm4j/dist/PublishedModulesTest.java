package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The BOM names exactly what is published, every jar says its licence, and every pom what Maven
 * Central asks for.
 */
class PublishedModulesTest {

  @Test
  void bomListsThePublishedModules() throws Exception {
    Set<String> bom = Poms.texts(Path.of("../llm-bom/pom.xml"), "artifactId");
    // The BOM's own name, its parent's, and its plugin's.
    bom.removeAll(Set.of("llm-bom", "llm4j", "flatten-maven-plugin"));
    assertEquals(Poms.published(), bom);
  }

  @Test
  void everyModuleCarriesItsLicence() throws Exception {
    for (String module : Poms.published()) {
      Path folder = Path.of("..", module, "target", "classes", "META-INF");
      String licence = Files.readString(folder.resolve("LICENSE"));
      assertTrue(licence.contains("Apache License"), module);
      String notice = Files.readString(folder.resolve("NOTICE"));
      assertEquals(module.equals("llm-backend-cpu"), notice.contains("oneDNN"), module);
    }
  }

  /** https://central.sonatype.org/publish/requirements */
  @Test
  void everyPomSaysWhatCentralAsksFor() throws Exception {
    List<String> modules = new ArrayList<>(Poms.published());
    modules.add("llm-bom");
    for (String module : modules) {
      Path pom = Path.of("..", module, ".flattened-pom.xml");
      for (String element :
          List.of("groupId", "version", "name", "description", "licenses", "developers", "scm")) {
        assertTrue(!Poms.text(pom, element).isEmpty(), module + ": " + element);
      }
      assertEquals(module, Poms.text(pom, "artifactId"));
      assertEquals("https://github.com/llm4j/llm4j", Poms.text(pom, "url"), module);
      assertEquals("", Poms.text(pom, "parent"), module + " is published without a parent");
    }
  }
}
