package io.github.llm4j.runtime.config;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A change of a document's text before the library reads it; line ends stay, so lines stay. */
record Edit(Document document, int start, int end, String text) {

  /** A piece of a text. */
  record Span(Document document, int start, int end) {}

  /** Where a field of this path, as seen from the braces around it, begins. */
  record Spot(Document document, int offset, List<String> path) {
    Spot {
      path = List.copyOf(path);
    }
  }

  /** Changes of all documents. */
  static final class Edits {
    private final List<Edit> all = new ArrayList<>();

    /** Writes a field before another: the spot's path, then {@code rest}. */
    void insert(Spot spot, String rest) {
      add(
          new Edit(
              spot.document(),
              spot.offset(),
              spot.offset(),
              ConfigUtil.joinPath(spot.path()) + rest));
    }

    void replace(Span span, String text) {
      add(new Edit(span.document(), span.start(), span.end(), text));
    }

    private void add(Edit edit) {
      if (!all.contains(edit)) {
        all.add(edit);
      }
    }

    /** The changes, for comparison. */
    List<Edit> list() {
      return List.copyOf(all);
    }

    /** The document's text with these changes and {@code more}. */
    String apply(Document document, List<Edit> more) {
      List<Edit> own = new ArrayList<>(all);
      own.addAll(more);
      own.removeIf(e -> e.document() != document);
      own.sort(Comparator.comparingInt(Edit::start));
      StringBuilder text = new StringBuilder();
      int at = 0;
      for (Edit edit : own) {
        // What is changed inside a piece that is taken out goes with it.
        if (edit.start() >= at) {
          text.append(document.text, at, edit.start()).append(edit.text());
          at = edit.end();
        }
      }
      return text.append(document.text.substring(at)).toString();
    }
  }
}
