package io.github.llm4j.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.github.llm4j.runtime.config.Layers.Site;
import io.github.llm4j.runtime.config.Layers.Use;
import io.github.llm4j.runtime.config.Part.Include;
import io.github.llm4j.runtime.config.Part.Reference;
import io.github.llm4j.runtime.plugin.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of a config, all references followed, and where each is written. */
final class Tree {
  private static final Pattern ORIGIN = Pattern.compile("#(\\d+): (\\d+)(-\\d+)?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");
  private static final String ENVIRONMENT = "environment variable ";

  private final Documents documents;
  private final Layers layers;
  private final Map<String, String> environment;
  private final List<Problem> problems = new ArrayList<>();
  private ConfigObject root = ConfigFactory.empty().root();

  private Tree(Documents documents, Layers layers, Map<String, String> environment) {
    this.documents = documents;
    this.layers = layers;
    this.environment = environment;
  }

  static Tree of(Documents documents, Layers layers, Map<String, String> environment) {
    Tree tree = new Tree(documents, layers, environment);
    try {
      tree.resolve();
    } catch (ConfigException e) {
      tree.problems.add(tree.said(e));
    }
    return tree;
  }

  ConfigObject root() {
    return root;
  }

  List<Problem> problems() {
    return problems;
  }

  private void resolve() {
    List<Edit> lenient = new ArrayList<>();
    for (Use use : layers.uses()) {
      Reference reference = use.reference();
      if (!reference.optional()) {
        int start = reference.start() + 2;
        lenient.add(new Edit(use.document(), start, start, "?"));
      }
    }
    Config all = resolved(parsed(lenient));
    for (Use use : layers.uses()) {
      Reference reference = use.reference();
      String relative = ConfigUtil.joinPath(Layers.plus(use.prefix(), reference.path()));
      String plain = ConfigUtil.joinPath(reference.path());
      if (!reference.optional() && !all.hasPathOrNull(relative) && !all.hasPathOrNull(plain)) {
        missing(use, plain);
      }
    }
    if (problems.isEmpty()) {
      Config strict = resolved(parsed(List.of()));
      for (String name : variables()) {
        if (!layers.sites().containsKey(List.of(name))) {
          strict = strict.withoutPath(ConfigUtil.quoteString(name));
        }
      }
      root = strict.root();
    }
  }

  private void missing(Use use, String name) {
    Reference reference = use.reference();
    String where = use.document().where(reference.start());
    List<List<String>> circle = circle(reference.path(), new ArrayList<>());
    if (!circle.isEmpty()) {
      StringBuilder chain = new StringBuilder();
      for (List<String> step : circle) {
        chain.append(chain.isEmpty() ? "" : " -> ").append(String.join(".", step));
        List<Site> at = layers.sites().getOrDefault(step, List.of());
        if (!at.isEmpty()) {
          chain.append(" (").append(at.getLast().document().line(at.getLast().line())).append(')');
        }
      }
      problems.add(
          new Problem(
              use.owner(),
              where,
              "expected a value, found ${%s}, which leads back to itself: %s. Write one of them out."
                  .formatted(name, chain)));
      return;
    }
    if (VARIABLE.matcher(name).matches()) {
      problems.add(
          new Problem(
              use.owner(),
              where,
              "expected an environment variable %s, found none. Set it, or write ${?%s} if it may be absent."
                  .formatted(name, name)));
      return;
    }
    List<String> known = layers.sites().keySet().stream().map(ConfigUtil::joinPath).toList();
    problems.add(
        new Problem(
            use.owner(),
            where,
            "expected a key that is set somewhere, found ${%s}, which isn't.%s Set it, or write ${?%s} if it may be absent."
                .formatted(name, Names.didYouMean(name, known), name)));
  }

  /** Steps from a path back to itself, or nothing. */
  private List<List<String>> circle(List<String> path, List<List<String>> steps) {
    for (List<String> step : steps) {
      if (step.equals(path)) {
        List<List<String>> closed =
            new ArrayList<>(steps.subList(steps.indexOf(path), steps.size()));
        closed.add(path);
        return closed;
      }
    }
    List<List<String>> longer = new ArrayList<>(steps);
    longer.add(path);
    for (Use use : layers.uses()) {
      if (Layers.startsWith(use.owner(), path) || Layers.startsWith(path, use.owner())) {
        List<List<String>> found = circle(use.reference().path(), longer);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private List<String> variables() {
    return layers.uses().stream()
        .map(u -> u.reference().path())
        .filter(p -> p.size() == 1 && VARIABLE.matcher(p.get(0)).matches())
        .map(p -> p.get(0))
        .filter(environment::containsKey)
        .distinct()
        .toList();
  }

  private Config resolved(Config config) {
    Config variables = ConfigFactory.empty();
    for (String name : variables()) {
      ConfigValue value = ConfigValueFactory.fromAnyRef(environment.get(name), ENVIRONMENT + name);
      variables = variables.withValue(ConfigUtil.quoteString(name), value);
    }
    return config.withFallback(variables).resolve(ConfigResolveOptions.noSystem());
  }

  private Config parsed(List<Edit> more) {
    ConfigIncluder includer =
        new ConfigIncluder() {
          @Override
          public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
          }

          @Override
          public ConfigObject include(ConfigIncludeContext context, String what) {
            Document document = documents.all().get(Integer.parseInt(what) - 1);
            return ConfigFactory.parseString(
                    text(document, more),
                    context.parseOptions().setOriginDescription("#" + document.id))
                .root();
          }
        };
    StringBuilder text = new StringBuilder();
    documents.top().forEach(d -> text.append("include \"").append(d.id).append("\"\n"));
    return ConfigFactory.parseString(
        text.toString(),
        ConfigParseOptions.defaults().setOriginDescription("#0").setIncluder(includer));
  }

  /** The text with its changes; an include names the document that it brings. */
  private String text(Document document, List<Edit> more) {
    List<Edit> edits = new ArrayList<>(more);
    includes(document.root, document, edits);
    return layers.edits().apply(document, edits);
  }

  private static void includes(Part.Braces braces, Document document, List<Edit> edits) {
    for (Part.Member member : braces.members()) {
      switch (member) {
        case Include include -> {
          String text = "include \"" + document.included(include).id + "\"";
          edits.add(new Edit(document, include.start(), include.end(), text));
        }
        case Part.Field field -> includes(field.value(), document, edits);
      }
    }
  }

  private static void includes(List<Part> parts, Document document, List<Edit> edits) {
    for (Part part : parts) {
      if (part instanceof Part.Braces braces) {
        includes(braces, document, edits);
      } else if (part instanceof Part.Brackets list) {
        list.elements().forEach(element -> includes(element, document, edits));
      }
    }
  }

  /** Where a value is written; for one that comes through a reference, both places. */
  String where(List<String> path, ConfigValue value) {
    String description = value.origin().description();
    Matcher origin = ORIGIN.matcher(description);
    List<Site> own = layers.sites().getOrDefault(path, List.of());
    if (origin.matches() && value.valueType() != com.typesafe.config.ConfigValueType.OBJECT) {
      Document document = documents.all().get(Integer.parseInt(origin.group(1)) - 1);
      int line = Integer.parseInt(origin.group(2));
      String defined = document.line(line);
      for (Site site : own) {
        if (site.document() == document && site.line() == line) {
          return defined;
        }
      }
      String used = where(path);
      return used.equals(defined) ? used : used + ", from " + defined;
    }
    if (description.startsWith(ENVIRONMENT)) {
      return where(path) + ", from " + description;
    }
    return where(path);
  }

  /**
   * What a relative path is relative to: its file's folder, or the current one on the command line.
   */
  Optional<Path> folder(ConfigValue value) {
    String description = value.origin().description();
    Matcher origin = ORIGIN.matcher(description);
    if (origin.matches()) {
      return Optional.of(documents.all().get(Integer.parseInt(origin.group(1)) - 1).pathFolder());
    }
    return description.startsWith(ENVIRONMENT)
        ? Optional.of(Path.of("").toAbsolutePath())
        : Optional.empty();
  }

  /** Where a key is set last, or what lies around it. */
  String where(List<String> path) {
    for (int k = path.size(); k > 0; k--) {
      List<Site> found = layers.sites().get(path.subList(0, k));
      if (found != null) {
        Site site = found.getLast();
        return site.document().line(site.line());
      }
    }
    return documents.top().getFirst().label;
  }

  /** Where exactly this key is set, or nothing. */
  boolean isSet(List<String> path) {
    return layers.sites().containsKey(path);
  }

  /**
   * Whether a reference reads this key of the root or one inside it: then it is a name of the
   * user's.
   */
  boolean isReferredTo(String name) {
    return layers.uses().stream().anyMatch(u -> u.reference().path().getFirst().equals(name));
  }

  private Problem said(ConfigException e) {
    String where = documents.top().getFirst().label;
    if (e.origin() != null) {
      Matcher origin = ORIGIN.matcher(e.origin().description());
      if (origin.matches() && !origin.group(1).equals("0")) {
        Document document = documents.all().get(Integer.parseInt(origin.group(1)) - 1);
        where = document.line(Integer.parseInt(origin.group(2)));
      }
    }
    String text = String.valueOf(e.getMessage()).replaceAll("#\\d+: \\d+(-\\d+)?: ", "");
    return Problem.at(where, "expected HOCON, found: " + text);
  }

  /** A value that no text holds. */
  static ConfigValue described(ConfigValue value, String description) {
    return value.withOrigin(ConfigOriginFactory.newSimple(description));
  }
}
