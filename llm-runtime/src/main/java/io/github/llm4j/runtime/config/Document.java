package io.github.llm4j.runtime.config;

import io.github.llm4j.runtime.config.Part.Braces;
import io.github.llm4j.runtime.config.Part.Include;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One text that takes part, as often as it is included. Layers that one author wrote share a unit:
 * a file is one, and so are all overrides of the command line.
 */
final class Document {
  final int id;
  final int unit;
  final String label;
  final Path folder;
  final String text;
  final Braces root;
  private final boolean singleLine;

  /** What each include of this text brings, by the offset where it stands. */
  final Map<Integer, Document> includes = new HashMap<>();

  private Document(
      int id, int unit, String label, Path folder, String text, Braces root, boolean singleLine) {
    this.id = id;
    this.unit = unit;
    this.label = label;
    this.folder = folder;
    this.text = text;
    this.root = root;
    this.singleLine = singleLine;
  }

  static Document file(int id, String label, Path folder, String text, Braces root) {
    return new Document(id, id, label, folder, text, root, false);
  }

  static Document override(int id, String label, Path folder, String text, Braces root) {
    return new Document(id, -1, label, folder, text, root, true);
  }

  /** What the include brings. */
  Document included(Include include) {
    Document document = includes.get(include.start());
    if (document == null) {
      throw new IllegalStateException("the include at " + where(include.start()) + " wasn't read");
    }
    return document;
  }

  /** {@code train.conf:14}. */
  String where(int offset) {
    return line(lineOf(text, offset));
  }

  /** {@code train.conf:14}. */
  String line(int line) {
    return singleLine ? label : label + ":" + line;
  }

  /** What relative paths are relative to that are values here. */
  Path pathFolder() {
    return singleLine ? Path.of("").toAbsolutePath() : folder;
  }

  static int lineOf(String text, int offset) {
    int line = 1;
    for (int i = Math.min(offset, text.length()) - 1; i >= 0; i--) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }
}
