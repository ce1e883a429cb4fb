package io.github.llm4j.runtime.config;

import com.typesafe.config.ConfigUtil;
import io.github.llm4j.runtime.config.Part.Braces;
import io.github.llm4j.runtime.config.Part.Brackets;
import io.github.llm4j.runtime.config.Part.Field;
import io.github.llm4j.runtime.config.Part.Include;
import io.github.llm4j.runtime.config.Part.Literal;
import io.github.llm4j.runtime.config.Part.Member;
import io.github.llm4j.runtime.config.Part.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks over all keys in the order in which they are laid over each other, and finds where an
 * object sets another {@code type} than what lies under it has. HOCON would merge the two; {@code
 * key = null} written before the upper one makes it replace, through includes, substitutions and
 * overrides alike. A plain string under an object (short for a type) becomes one for the same
 * reason. It also remembers where each key is set and what is referred to.
 */
final class Layers {
  /** Deeper than any config; bounds what references to each other unfold to. */
  private static final int DEEP = 40;

  /** A place that sets a key. */
  record Site(Document document, int line) {}

  /** A reference and the key whose value it is in. */
  record Use(Document document, Reference reference, List<String> owner, List<String> prefix) {}

  /** The object that a unit is putting on top at a path. */
  private static final class Layer {
    final int unit;
    final @Nullable String typeBefore;
    final boolean overOthers;
    final Edit.Spot spot;
    @Nullable String typeSet;
    Edit.@Nullable Spot afterType;

    Layer(int unit, @Nullable String typeBefore, boolean overOthers, Edit.Spot spot) {
      this.unit = unit;
      this.typeBefore = typeBefore;
      this.overOthers = overOthers;
      this.spot = spot;
    }
  }

  /** What is known of a path so far. */
  private static final class State {
    @Nullable String type;
    boolean isText;
    Edit.@Nullable Span text;
    Edit.@Nullable Spot textSpot;
    @Nullable Layer layer;
    Edit.@Nullable Spot last;
  }

  /** Type that a path ends up with, and whether a plain string says so. */
  private record Known(String type, boolean isText) {}

  private final Map<List<String>, String> defaultTypes;
  private Map<List<String>, Known> finals = Map.of();
  private Map<List<String>, State> states = new LinkedHashMap<>();
  private Map<List<String>, List<Site>> sites = new HashMap<>();
  private List<Use> uses = new ArrayList<>();
  private Edit.Edits edits = new Edit.Edits();

  private Layers(Map<List<String>, String> defaultTypes) {
    this.defaultTypes = defaultTypes;
  }

  /**
   * Walks over the documents.
   *
   * @param defaultTypes types that components without one have, as far as known
   */
  static Layers of(List<Document> top, Map<List<String>, String> defaultTypes) {
    Layers layers = new Layers(defaultTypes);
    // A reference stands for the final value, which the walk itself finds: again until nothing
    // changes.
    for (int round = 0; round < 5; round++) {
      layers.states = new LinkedHashMap<>();
      layers.sites = new HashMap<>();
      layers.uses = new ArrayList<>();
      layers.edits = new Edit.Edits();
      for (Document document : top) {
        layers.braces(document, document.root, List.of(), List.of());
      }
      Map<List<String>, Known> found = layers.known();
      if (found.equals(layers.finals)) {
        break;
      }
      layers.finals = found;
    }
    return layers;
  }

  Edit.Edits edits() {
    return edits;
  }

  Map<List<String>, List<Site>> sites() {
    return sites;
  }

  List<Use> uses() {
    return uses;
  }

  private Map<List<String>, Known> known() {
    Map<List<String>, Known> known = new LinkedHashMap<>();
    states.forEach(
        (path, state) -> {
          if (state.type != null) {
            known.put(path, new Known(state.type, state.isText));
          }
        });
    return known;
  }

  private void braces(
      Document document, Braces braces, List<String> prefix, List<String> includePrefix) {
    for (Member member : braces.members()) {
      switch (member) {
        case Include include -> {
          Document included = document.included(include);
          braces(included, included.root, prefix, prefix);
        }
        case Field field -> field(document, field, prefix, includePrefix);
      }
    }
  }

  private void field(
      Document document, Field field, List<String> prefix, List<String> includePrefix) {
    List<String> path = plus(prefix, field.path());
    Site site = new Site(document, Document.lineOf(document.text, field.start()));
    boolean isObject = field.value().stream().anyMatch(p -> p instanceof Braces);
    for (int k = prefix.size() + 1; k <= path.size(); k++) {
      List<String> part = path.subList(0, k);
      sites.computeIfAbsent(part, p -> new ArrayList<>()).add(site);
      if (k < path.size() || isObject) {
        touch(part, new Edit.Spot(document, field.start(), path.subList(prefix.size(), k)));
      }
    }
    String lastType = isObject ? typeOf(field.value()) : null;
    boolean isText = field.value().stream().anyMatch(p -> p instanceof Literal);
    for (Part part : field.value()) {
      switch (part) {
        case Braces inner -> braces(document, inner, path, includePrefix);
        case Brackets list -> list(document, list, path, includePrefix);
        case Literal literal ->
            text(
                new Edit.Spot(document, field.start(), path.subList(prefix.size(), path.size())),
                field,
                literal,
                path);
        case Reference reference -> {
          uses.add(new Use(document, reference, path, includePrefix));
          if (isText) {
            clear(path);
          } else {
            reference(document, field, reference, path, prefix, includePrefix, lastType);
          }
        }
      }
    }
  }

  /** The type that braces of a value set themselves, if they do. */
  private static @Nullable String typeOf(List<Part> value) {
    String type = null;
    for (Part part : value) {
      if (part instanceof Braces braces) {
        for (Member member : braces.members()) {
          if (member instanceof Field f
              && f.path().equals(List.of("type"))
              && f.value().size() == 1
              && f.value().get(0) instanceof Literal literal) {
            type = literal.text();
          }
        }
      }
    }
    return type;
  }

  private void list(
      Document document, Brackets list, List<String> path, List<String> includePrefix) {
    clear(path);
    for (int i = 0; i < list.elements().size(); i++) {
      List<String> element = plus(path, List.of(Integer.toString(i)));
      clear(element);
      for (Part part : list.elements().get(i)) {
        switch (part) {
          case Braces inner -> braces(document, inner, element, includePrefix);
          case Brackets inner -> list(document, inner, element, includePrefix);
          case Literal literal ->
              sites
                  .computeIfAbsent(element, p -> new ArrayList<>())
                  .add(new Site(document, Document.lineOf(document.text, literal.start())));
          case Reference reference ->
              uses.add(new Use(document, reference, element, includePrefix));
        }
      }
    }
  }

  private void text(Edit.Spot spot, Field field, Literal literal, List<String> path) {
    boolean plain = field.value().size() == 1;
    clear(path);
    if (plain && path.size() > 1 && path.getLast().equals("type")) {
      setType(path.subList(0, path.size() - 1), literal.text());
    }
    if (plain && (literal.quoted() || literal.text().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"))) {
      if (!literal.quoted() && literal.text().matches("null|true|false")) {
        return;
      }
      State state = state(path);
      state.type = literal.text();
      state.isText = true;
      state.text = new Edit.Span(spot.document(), literal.start(), literal.end());
      state.textSpot = spot;
    }
  }

  private void reference(
      Document document,
      Field field,
      Reference reference,
      List<String> path,
      List<String> prefix,
      List<String> includePrefix,
      @Nullable String lastType) {
    List<String> relative = plus(includePrefix, reference.path());
    List<String> target = sites.containsKey(relative) ? relative : reference.path();
    if (startsWith(path, target) || startsWith(target, path) || path.size() > DEEP) {
      return; // into itself: whether that is allowed is the library's matter
    }
    Known self = finals.get(target);
    if (lastType != null && self != null && !self.type().equals(lastType)) {
      // ${base} { type = other }: nothing of the base remains.
      edits.replace(new Edit.Span(document, reference.start(), reference.end()), "");
      return;
    }
    finals.forEach(
        (known, value) -> {
          if (!startsWith(known, target)) {
            return;
          }
          List<String> rest = known.subList(target.size(), known.size());
          List<String> own = plus(path, rest);
          if (value.isText()) {
            clear(own);
            State state = state(own);
            state.type = value.type();
            state.isText = true;
          } else {
            touch(
                own,
                new Edit.Spot(
                    document, field.start(), plus(path.subList(prefix.size(), path.size()), rest)));
            setType(own, value.type());
          }
        });
  }

  /** An object is laid over what is at the path. */
  private void touch(List<String> path, Edit.Spot spot) {
    State state = state(path);
    if (state.isText && state.type != null) {
      String quoted = ConfigUtil.quoteString(state.type);
      if (state.text != null && state.textSpot != null) {
        // A text replaces what lies under it; as an object it must go on doing so.
        edits.insert(state.textSpot, " = null, ");
        edits.replace(state.text, "{ type = " + quoted + " }");
      } else {
        edits.insert(spot, ".type = " + quoted + ", ");
      }
      state.isText = false;
      state.text = null;
    }
    int unit = spot.document().unit;
    if (state.layer == null || state.layer.unit != unit) {
      state.layer = new Layer(unit, state.type, state.layer != null, spot);
    }
    Layer layer = state.layer;
    if (layer.typeSet != null && layer.afterType == null) {
      layer.afterType = spot;
    }
    state.last = spot;
  }

  private void setType(List<String> path, String type) {
    State state = state(path);
    Layer layer = state.layer;
    Edit.Spot last = state.last;
    if (layer != null && last != null) {
      if (layer.typeSet != null) {
        if (!layer.typeSet.equals(type)) {
          // Keys between the two types are the later one's: better refused than lost.
          reset(path, layer.afterType == null ? last : layer.afterType);
        }
      } else if (layer.typeBefore != null) {
        if (!layer.typeBefore.equals(type)) {
          reset(path, layer.spot);
        }
      } else if (layer.overOthers) {
        String byDefault = defaultTypes.get(path);
        if (byDefault != null && !byDefault.equals(type)) {
          reset(path, layer.spot);
        }
      }
      layer.typeSet = type;
      layer.afterType = null;
    }
    state.type = type;
  }

  private void reset(List<String> path, Edit.Spot spot) {
    edits.insert(spot, " = null, ");
    int unit = spot.document().unit;
    states
        .entrySet()
        .removeIf(
            e ->
                e.getKey().size() > path.size()
                    && startsWith(e.getKey(), path)
                    && (e.getValue().layer == null || e.getValue().layer.unit != unit));
  }

  private void clear(List<String> path) {
    states.keySet().removeIf(p -> startsWith(p, path));
  }

  private State state(List<String> path) {
    return states.computeIfAbsent(List.copyOf(path), p -> new State());
  }

  static boolean startsWith(List<String> path, List<String> start) {
    return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
  }

  static List<String> plus(List<String> a, List<String> b) {
    List<String> all = new ArrayList<>(a);
    all.addAll(b);
    return List.copyOf(all);
  }
}
