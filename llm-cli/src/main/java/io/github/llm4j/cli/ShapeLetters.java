package io.github.llm4j.cli;

import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.model.OutlinePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shapes of a part in the glossary's letters and in numbers: {@code [C=384 → H·D=384]}. The numbers
 * are those of the model; where two letters have one number, the part's place decides.
 */
final class ShapeLetters {
  private static final String LINEAR = "linear";

  private final Outline outline;
  private final List<OutlinePart> around;
  private final Map<String, Integer> sizes = new HashMap<>();

  /**
   * Letters as they are within some parts.
   *
   * @param around the parts around a part, the assembly first, its parent last
   */
  ShapeLetters(Outline outline, List<OutlinePart> around) {
    this.outline = outline;
    this.around = around;
    for (OutlinePart part : around) {
      sizes.putAll(part.sizes());
      int heads = part.sizes().getOrDefault("H", 0);
      if (heads > 0 && part.sizes().getOrDefault("D", 0) == 0) {
        sizes.put("D", part.in() / heads);
      }
    }
  }

  /** What the parts around name, by letters; D follows from the others. */
  Map<String, Integer> sizes() {
    return sizes;
  }

  /** The shape of a part; empty if it has none of its own. */
  String of(OutlinePart part) {
    if (part.type().equals(LINEAR)) {
      return linear(part);
    }
    List<Shape> tables =
        part.parameters().stream()
            .filter(p -> p.role() == Parameter.Role.MATRIX)
            .map(Parameter::shape)
            .toList();
    if (part.in() > 0 && tables.isEmpty()) {
      return "[%s]".formatted(stream(part.in()));
    }
    return tables.stream().map(this::table).collect(Collectors.joining(", "));
  }

  private String linear(OutlinePart part) {
    List<OutlinePart> maps =
        around.getLast().children().stream().filter(c -> c.type().equals(LINEAR)).toList();
    boolean back =
        maps.size() > 1
            && maps.getLast().path().equals(part.path()); // the last goes back to the stream
    String in = back ? inner(part.in()) : stream(part.in());
    String out = back ? stream(part.out()) : inner(part.out());
    return "[%s → %s]".formatted(in, out);
  }

  /** A table of ids or places, by its rows and its width. */
  private String table(Shape shape) {
    List<String> letters = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int size = shape.size(axis);
      boolean rows = axis == 0 && shape.rank() > 1;
      letters.add(rows ? rows(size) : stream(size));
    }
    return "[" + String.join(", ", letters) + "]";
  }

  private String rows(int size) {
    if (size == outline.vocabSize()) {
      return "V=" + size;
    }
    return size == outline.contextLength() ? "T=" + size : stream(size);
  }

  private String stream(int size) {
    if (size == outline.dModel()) {
      return "C=" + size;
    }
    int head = sizes.getOrDefault("D", 0);
    if (size == head) {
      return "D=" + size;
    }
    return head > 0 && 2 * size == head ? "D/2=" + size : inside(size).orElse("" + size);
  }

  private String inner(int size) {
    return inside(size)
        .orElseGet(
            () -> {
              if (size == outline.vocabSize()) {
                return "V=" + size;
              }
              boolean wide = sizes.containsKey("F") && sizes.get("F") == 0;
              return size != outline.dModel() && wide ? "F=" + size : stream(size);
            });
  }

  /** A width within attention or a feed-forward network. */
  private Optional<String> inside(int size) {
    int head = sizes.getOrDefault("D", 0);
    for (String heads : List.of("H", "K")) {
      int count = sizes.getOrDefault(heads, 0);
      if (count > 0 && size == count * head) {
        return Optional.of(heads + "·D=" + size);
      }
    }
    return size > 0 && size == sizes.getOrDefault("F", 0)
        ? Optional.of("F=" + size)
        : Optional.empty();
  }
}
