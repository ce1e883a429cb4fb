package io.github.llm4j.cli;

import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.model.OutlinePart;
import io.github.llm4j.runtime.plan.PlanEntry;
import io.github.llm4j.trainers.planning.Architecture;
import io.github.llm4j.trainers.planning.LayerOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model's parts as people read them. */
final class ShowText {
  private static final int SHARE = 3;
  private static final int ORIGIN = 5;

  private final Architecture shown;
  private final Outline outline;
  private final Optional<LayerOps> ops;
  private final int width;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * The text.
   *
   * @param ops shown under their parts, if they are there
   */
  ShowText(Architecture shown, Optional<LayerOps> ops, int width) {
    this.shown = shown;
    this.ops = ops;
    this.outline = shown.outline();
    this.width = width;
  }

  String text() {
    String head =
        String.format(
            Locale.ROOT,
            "%s: %,d parameters; L=%d layers, C=%,d wide, T=%,d tokens, V=%,d ids%n",
            shown.name(),
            outline.root().learned(),
            outline.layers(),
            outline.dModel(),
            outline.contextLength(),
            outline.vocabSize());
    part(outline.root(), outline.root().type(), "", List.of());
    return head.replace(System.lineSeparator(), "\n") + "\n" + table();
  }

  /** A line for a part, and those of all parts in it. */
  private void part(OutlinePart part, String name, String indent, List<OutlinePart> around) {
    boolean root = around.isEmpty();
    long learned = part.learned();
    double share = 100.0 * (double) learned / (double) Math.max(1, outline.root().learned());
    rows.add(
        List.of(
            indent + name + (root || part.type().isEmpty() ? "" : "  " + part.type()),
            root ? "" : shape(part, around),
            learned == 0 ? "" : String.format(Locale.ROOT, "%,d", learned),
            learned == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", share),
            shown.types(part),
            part.origin()));
    List<OutlinePart> inside = new ArrayList<>(around);
    inside.add(part);
    ops.ifPresent(o -> ops(part, indent, new OpShapes(outline, inside, o), o));
    List<OutlinePart> children = part.children();
    for (int i = 0; i < children.size(); ) {
      OutlinePart child = children.get(i);
      int next = i + 1;
      while (next < children.size() && same(child, children.get(next), inside)) {
        next++;
      }
      int count = next - i;
      String called =
          count == 1
              ? child.name()
              : "%s … %s (%d ×)".formatted(child.name(), number(children.get(next - 1)), count);
      part(child, called, indent + "  ", inside);
      i = next;
    }
  }

  private void ops(OutlinePart part, String indent, OpShapes shapes, LayerOps all) {
    for (PlanEntry entry : all.at(part.path())) {
      String name = indent + "  · " + OpShapes.name(entry);
      rows.add(List.of(name, shapes.of(entry), "", "", "", ""));
    }
  }

  private String shape(OutlinePart part, List<OutlinePart> around) {
    String shape = new ShapeLetters(outline, around).of(part);
    String constants =
        part.parameters().stream()
            .filter(p -> !p.learned())
            .map(p -> p.path().substring(p.path().lastIndexOf('.') + 1))
            .collect(Collectors.joining(", "));
    String shared = part.shared().isEmpty() ? "" : "shares " + String.join(", ", part.shared());
    String computed = constants.isEmpty() ? "" : "computed: " + constants;
    return Stream.of(shape, shared, computed)
        .filter(s -> !s.isEmpty())
        .collect(Collectors.joining("  "));
  }

  /** Whether two parts differ in nothing but their number. */
  private boolean same(OutlinePart a, OutlinePart b, List<OutlinePart> around) {
    return !number(a).isEmpty() && signature(a, around).equals(signature(b, around));
  }

  /** What stands behind the last dot, if it is a number: {@code 3} of {@code blocks.3}. */
  private static String number(OutlinePart part) {
    String last = part.name().substring(part.name().lastIndexOf('.') + 1);
    return last.chars().allMatch(Character::isDigit) ? last : "";
  }

  private String signature(OutlinePart part, List<OutlinePart> around) {
    List<OutlinePart> inside = new ArrayList<>(around);
    inside.add(part);
    String own =
        part.parameters().stream()
            .map(p -> p.path().substring(part.path().length()) + p.shape() + p.role())
            .collect(Collectors.joining(","));
    return "%s %s %s %d %d %s %s (%s)"
        .formatted(
            number(part).isEmpty() ? part.name() : part.name().replaceAll("\\d+$", ""),
            part.type(),
            part.origin(),
            part.in(),
            part.out(),
            own,
            shown.types(part),
            part.children().stream()
                .map(c -> signature(c, inside))
                .collect(Collectors.joining(";")));
  }

  /** The rows in columns; where the width doesn't suffice, without origins, then without shares. */
  private String table() {
    List<Integer> columns = new ArrayList<>(List.of(0, 1, 2, SHARE, 4, ORIGIN));
    columns.removeIf(c -> rows.stream().allMatch(r -> r.get(c).isEmpty()));
    List<String> left = new ArrayList<>();
    if (needed(columns) > width && columns.removeIf(c -> c == ORIGIN)) {
      left.add("config lines");
    }
    if (needed(columns) > width && columns.removeIf(c -> c == SHARE)) {
      left.add("shares");
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column : columns) {
        String cell = row.get(column);
        String gap = " ".repeat(widest(column) - cell.length());
        boolean number = column == 2 || column == SHARE;
        line.append(line.isEmpty() ? "" : "  ").append(number ? gap + cell : cell + gap);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    if (!left.isEmpty()) {
      text.append("\nToo narrow for ").append(String.join(" and ", left));
      text.append("; --width ").append(needed(List.of(0, 1, 2, SHARE, 4, ORIGIN)));
      text.append(" shows all.\n");
    }
    return text.toString();
  }

  private int needed(List<Integer> columns) {
    return columns.stream().mapToInt(c -> widest(c) + 2).sum() - 2;
  }

  private int widest(int column) {
    return rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
  }
}
