package io.github.llm4j.runtime.model;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.parameter.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes that a model context takes of each part while a model is built. */
final class OutlineNotes {
  /** Letters of the glossary, by the names that settings give these sizes. */
  private static final Map<String, String> LETTERS =
      Map.of("heads", "H", "kvHeads", "K", "headDim", "D", "dFf", "F", "experts", "E");

  private final Map<String, Note> notes = new LinkedHashMap<>();

  OutlineNotes() {
    notes.put("", new Note("", ""));
  }

  /** What is noted of one part. */
  private static final class Note {
    final String name;
    final String path;
    String type = "";
    String origin = "";
    int in;
    int out;
    Map<String, Integer> sizes = Map.of();
    final List<Parameter> parameters = new ArrayList<>();
    final List<String> shared = new ArrayList<>();
    final List<Note> children = new ArrayList<>();

    Note(String name, String path) {
      this.name = name;
      this.path = path;
    }

    OutlinePart part(String around) {
      String here = origin.isEmpty() ? around : origin;
      return new OutlinePart(
          name,
          path,
          type,
          here,
          in,
          out,
          sizes,
          List.copyOf(parameters),
          List.copyOf(shared),
          children.stream().map(c -> c.part(here)).toList());
    }
  }

  /** A part in another; noted once, however often it is asked for. */
  void part(String parent, String name, String path) {
    if (!notes.containsKey(path)) {
      Note note = new Note(name, path);
      notes.put(path, note);
      at(parent).children.add(note);
    }
  }

  void component(String path, ComponentSpec<?> spec) {
    Note note = at(path);
    note.type = spec.type();
    // a component that a provider chose in code lies where the config names what is around it
    note.origin = spec.origin().equals(ComponentSpec.CODE) ? "" : spec.origin();
    note.sizes = sizes(spec.settings());
  }

  void widths(String path, String type, int in, int out) {
    Note note = at(path);
    note.type = type.isEmpty() ? note.type : type;
    note.in = in;
    note.out = out;
  }

  void parameter(String path, Parameter parameter) {
    at(path).parameters.add(parameter);
  }

  void shared(String path, Parameter parameter) {
    at(path).shared.add(parameter.path());
  }

  OutlinePart root() {
    return at("").part("");
  }

  private Note at(String path) {
    Note note = notes.get(path);
    if (note == null) {
      throw new IllegalStateException("no part '" + path + "' was noted");
    }
    return note;
  }

  private static Map<String, Integer> sizes(Record settings) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String letter = LETTERS.get(component.getName());
      if (letter != null) {
        value(settings, component).ifPresent(size -> sizes.put(letter, size));
      }
    }
    return sizes;
  }

  /** A number, or one that may be absent; 0 stands for an absent one. */
  private static Optional<Integer> value(Record settings, RecordComponent component) {
    try {
      Object value = component.getAccessor().invoke(settings);
      if (value instanceof Optional<?> optional) {
        return optional.isEmpty()
            ? Optional.of(0)
            : optional.filter(Integer.class::isInstance).map(Integer.class::cast);
      }
      return value instanceof Integer size ? Optional.of(size) : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty(); // a settings record that isn't public has no letters
    }
  }
}
