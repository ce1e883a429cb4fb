package io.github.llm4j.cli;

import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.model.OutlinePart;
import io.github.llm4j.runtime.plan.PlanEntry;
import io.github.llm4j.trainers.planning.LayerOps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shapes of a part's ops in letters and numbers: {@code [B, T=64, C=128]}. A number that is two
 * sizes of the part at once has no letter.
 */
final class OpShapes {
  private final LayerOps ops;
  private final Outline outline;
  private final Map<String, Integer> letters = new LinkedHashMap<>();

  /**
   * Letters as they are within a part.
   *
   * @param inside the parts around it, the assembly first, and the part itself last
   */
  OpShapes(Outline outline, List<OutlinePart> inside, LayerOps ops) {
    this.outline = outline;
    this.ops = ops;
    letters.put("C", outline.dModel());
    letters.put("V", outline.vocabSize());
    letters.put("T", outline.contextLength());
    Map<String, Integer> sizes = new ShapeLetters(outline, inside).sizes();
    int heads = sizes.getOrDefault("H", 0);
    int kvHeads = sizes.getOrDefault("K", 0);
    int width = sizes.getOrDefault("D", 0);
    letters.put("F", inner(inside));
    letters.put("H", heads);
    letters.put("D", width);
    letters.put("D/2", width % 2 == 0 ? width / 2 : 0);
    if (heads * width != outline.dModel()) {
      letters.put("H·D", heads * width);
    }
    if (kvHeads != heads) {
      letters.put("K", kvHeads);
      letters.put("K·D", kvHeads * width);
      letters.put("H/K", kvHeads > 0 ? heads / kvHeads : 0);
    }
  }

  /** The width within a feed-forward network: what the config says, or else its maps. */
  private static int inner(List<OutlinePart> inside) {
    for (OutlinePart part : inside.reversed()) {
      if (part.sizes().containsKey("F")) {
        int named = part.sizes().get("F");
        return named > 0 ? named : first(part.children(), part.in());
      }
    }
    return 0;
  }

  private static int first(List<OutlinePart> parts, int width) {
    return parts.stream()
        .filter(p -> p.in() == width && p.out() != width)
        .mapToInt(OutlinePart::out)
        .findFirst()
        .orElse(0);
  }

  /** As {@code [B, T=64, C=128], [C=128, C=128] → [B, T=64, C=128]}. */
  String of(PlanEntry entry) {
    String text = all(entry.inputs()) + " → " + all(entry.outputs());
    return text.strip() + (entry.op() instanceof Attention ? scores(entry) : "");
  }

  /** What attention computes between its operands and its result, tile by tile. */
  private String scores(PlanEntry entry) {
    Shape query = entry.inputs().get(0).shape(); // [B, T, H, D]
    Shape key = entry.inputs().get(1).shape(); // [B, S, K, D]
    String keys = size(key.size(1)).replaceFirst("^T=", "S=");
    return "  scores [%s, %s, %s, %s]"
        .formatted(size(query.size(0)), size(query.size(2)), size(query.size(1)), keys);
  }

  /** The op's name; that of its owner is left out if it is ours. */
  static String name(PlanEntry entry) {
    return entry.op().name().replaceFirst("^llm4j:", "");
  }

  private String all(List<TensorSpec> specs) {
    return specs.stream().map(s -> shape(s.shape())).collect(Collectors.joining(", "));
  }

  String shape(Shape shape) {
    return IntStream.of(shape.sizes())
        .mapToObj(this::size)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String size(int size) {
    if (size == ops.rows()) {
      return "B";
    }
    if (size == ops.length()) {
      return "T=" + outline.contextLength();
    }
    if (size == ops.rows() * ops.length()) {
      return "B·T";
    }
    List<String> names =
        letters.entrySet().stream()
            .filter(e -> e.getValue() == size)
            .map(Map.Entry::getKey)
            .toList();
    return size > 1 && names.size() == 1 ? names.get(0) + "=" + size : "" + size;
  }
}
