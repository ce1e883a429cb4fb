package io.github.llm4j.runtime.config;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.Part.Braces;
import io.github.llm4j.runtime.config.Part.Brackets;
import io.github.llm4j.runtime.config.Part.Field;
import io.github.llm4j.runtime.config.Part.Include;
import io.github.llm4j.runtime.config.Part.Member;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a config and all that it includes. A file that is missing, includes itself or isn't HOCON
 * is a problem, never an empty file.
 */
final class Documents {
  private final List<Document> all = new ArrayList<>();
  private final List<Document> top = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Path base;

  private Documents(Path base) {
    this.base = base;
  }

  /** Reads the source, its includes and its overrides. */
  static Documents read(ConfigSource source) {
    Documents documents = new Documents(source.folder());
    documents.addTop(
        documents.document(
            source.name(),
            source.folder(),
            source.text(),
            List.of(source.folder().resolve(source.name()).toString())));
    source.overrides().stream()
        .sorted(Comparator.comparingInt(Documents::depth))
        .forEach(o -> documents.addTop(documents.override(o, source.folder())));
    return documents;
  }

  List<Document> all() {
    return all;
  }

  /** The config, then the overrides, in the order in which they are laid over each other. */
  List<Document> top() {
    return top;
  }

  List<Problem> problems() {
    return problems;
  }

  private void addTop(@Nullable Document document) {
    if (document != null) {
      top.add(document);
    }
  }

  /** A type goes before the keys that belong to it, whatever the order on the command line. */
  private static int depth(String override) {
    String key = override.split("=", 2)[0].strip();
    int dots = (int) key.chars().filter(c -> c == '.').count();
    return key.endsWith(".type") ? dots - 1 : dots;
  }

  private @Nullable Document override(String override, Path folder) {
    String label = "-D " + override;
    int equals = override.indexOf('=');
    if (equals <= 0) {
      problems.add(Problem.at(label, "expected key=value, found no '='. Write -D key=value."));
      return null;
    }
    String value = override.substring(equals + 1).strip();
    boolean hocon = (!value.isEmpty() && "{[\"$".indexOf(value.charAt(0)) >= 0) || isPlain(value);
    String text =
        override.substring(0, equals)
            + " = "
            + (hocon ? value : com.typesafe.config.ConfigUtil.quoteString(value));
    Braces root = parse(label, true, text);
    if (root == null) {
      return null;
    }
    Document document = Document.override(all.size() + 1, label, folder, text, root);
    all.add(document);
    include(document, root, List.of());
    return document;
  }

  /** Numbers, true, false and null keep their kind. */
  private static boolean isPlain(String value) {
    return value.matches("true|false|null|[-+]?[0-9.]+([eE][-+]?[0-9]+)?");
  }

  private @Nullable Document document(String label, Path folder, String text, List<String> chain) {
    Braces root = parse(label, false, text);
    if (root == null) {
      return null;
    }
    Document document = Document.file(all.size() + 1, label, folder, text, root);
    all.add(document);
    include(document, root, chain);
    return document;
  }

  private @Nullable Braces parse(String label, boolean singleLine, String text) {
    try {
      return Syntax.parse(text);
    } catch (Syntax.SyntaxError e) {
      String line = singleLine ? "" : ":" + Document.lineOf(text, e.offset);
      problems.add(Problem.at(label + line, e.text()));
      return null;
    }
  }

  private void include(Document document, Braces braces, List<String> chain) {
    for (Member member : braces.members()) {
      switch (member) {
        case Include include -> include(document, include, chain);
        case Field field -> include(document, field.value(), chain);
      }
    }
  }

  private void include(Document document, List<Part> parts, List<String> chain) {
    for (Part part : parts) {
      if (part instanceof Braces braces) {
        include(document, braces, chain);
      } else if (part instanceof Brackets list) {
        list.elements().forEach(element -> include(document, element, chain));
      }
    }
  }

  private void include(Document document, Include include, List<String> chain) {
    String where = document.where(include.start());
    if (include.kind().equals("url")) {
      problems.add(
          Problem.at(
              where, "expected a file to include, found a URL. Nothing is downloaded: save it."));
      return;
    }
    Document read =
        include.kind().equals("classpath")
            ? resource(document, include, where, chain)
            : file(document, include, where, chain);
    if (read != null) {
      document.includes.put(include.start(), read);
    }
  }

  private @Nullable Document resource(
      Document document, Include include, String where, List<String> chain) {
    String name = include.what().startsWith("/") ? include.what().substring(1) : include.what();
    String key = "classpath:" + name;
    if (cycle(key, where, chain)) {
      return null;
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? Documents.class.getClassLoader() : context;
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        problems.add(
            Problem.at(where, "expected '%s' on the class path, found nothing.".formatted(name)));
        return null;
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return document(key, document.folder, text, plus(chain, key));
    } catch (IOException e) {
      problems.add(Problem.at(where, "expected to read '%s', found %s.".formatted(name, e)));
      return null;
    }
  }

  private @Nullable Document file(
      Document document, Include include, String where, List<String> chain) {
    Path file;
    try {
      file = document.folder.resolve(include.what()).normalize();
    } catch (InvalidPathException e) {
      problems.add(
          Problem.at(where, "expected the path of a file, found '" + include.what() + "'."));
      return null;
    }
    if (!Files.isRegularFile(file) && Files.isRegularFile(Path.of(file + ".conf"))) {
      file = Path.of(file + ".conf");
    }
    Path folder = file.getParent();
    if (!Files.isRegularFile(file) || folder == null) {
      problems.add(
          Problem.at(
              where,
              "expected a file to include, found nothing at %s. An include is relative to the file that names it."
                  .formatted(file)));
      return null;
    }
    if (cycle(file.toString(), where, chain)) {
      return null;
    }
    String text;
    try {
      text = ConfigSource.read(file);
    } catch (LlmException e) {
      problems.add(Problem.at(where, e.getMessage()));
      return null;
    }
    return document(label(file), folder, text, plus(chain, file.toString()));
  }

  /** Relative to the config's folder where that is shorter. */
  private String label(Path file) {
    String absolute = file.toString();
    if (base.getRoot() == null || !base.getRoot().equals(file.getRoot())) {
      return absolute;
    }
    String relative = base.relativize(file).toString();
    return relative.length() < absolute.length() ? relative : absolute;
  }

  private boolean cycle(String key, String where, List<String> chain) {
    if (!chain.contains(key)) {
      return false;
    }
    problems.add(
        Problem.at(where, "expected a file that isn't being read, found %s again.".formatted(key)));
    return true;
  }

  private static List<String> plus(List<String> chain, String key) {
    List<String> longer = new ArrayList<>(chain);
    longer.add(key);
    return longer;
  }
}
