package io.github.llm4j.dist;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What the poms of this build say. */
final class Poms {
  private static final Set<String> UNPUBLISHED = Set.of("llm-bom", "parent", "dist");

  private Poms() {}

  /** Modules with a jar that is published. */
  static Set<String> published() throws Exception {
    Set<String> modules = texts(Path.of("../pom.xml"), "module");
    if (!modules.containsAll(UNPUBLISHED)) {
      throw new AssertionError("unpublished, but no module: " + UNPUBLISHED);
    }
    modules.removeAll(UNPUBLISHED);
    return modules;
  }

  /** The version of this build. */
  static String version() throws Exception {
    return text(Path.of("../llm-bom/.flattened-pom.xml"), "version");
  }

  /** Texts of all elements of a name, wherever they are. */
  static Set<String> texts(Path pom, String element) throws Exception {
    NodeList nodes = read(pom).getElementsByTagName(element);
    Set<String> texts = new TreeSet<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  /** Text of a child of the project; empty if there is none. */
  static String text(Path pom, String element) throws Exception {
    Element project = read(pom).getDocumentElement();
    for (Node n = project.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n.getNodeName().equals(element)) {
        return n.getTextContent().strip();
      }
    }
    return "";
  }

  private static Document read(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
  }
}
