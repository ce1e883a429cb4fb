package io.github.llm4j.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.model.OutlinePart;
import io.github.llm4j.runtime.plan.PlanEntry;
import io.github.llm4j.trainers.planning.Architecture;
import io.github.llm4j.trainers.planning.LayerOps;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A model's parts as programs read them; nothing is folded. */
final class ShowJson {
  private final Architecture shown;
  private final Optional<LayerOps> ops;

  ShowJson(Architecture shown, Optional<LayerOps> ops) {
    this.shown = shown;
    this.ops = ops;
  }

  String text() {
    Outline outline = shown.outline();
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.put("name", shown.name());
    root.put("parameters", outline.root().learned());
    root.put("vocab-size", outline.vocabSize());
    root.put("d-model", outline.dModel());
    root.put("context-length", outline.contextLength());
    root.put("layers", outline.layers());
    part(root.putObject("model"), outline.root(), List.of());
    return root.toPrettyString() + "\n";
  }

  private void part(ObjectNode node, OutlinePart part, List<OutlinePart> around) {
    node.put("path", part.path());
    if (!part.type().isEmpty()) {
      node.put("type", part.type());
    }
    node.put("origin", part.origin());
    if (part.in() > 0) {
      node.put("in", part.in());
      node.put("out", part.out());
    }
    node.put("parameters", part.learned());
    if (!part.parameters().isEmpty()) {
      ArrayNode list = node.putArray("tensors");
      for (Parameter parameter : part.parameters()) {
        ObjectNode tensor = list.addObject();
        tensor.put("path", parameter.path());
        ArrayNode shape = tensor.putArray("shape");
        for (int size : parameter.shape().sizes()) {
          shape.add(size);
        }
        tensor.put("role", parameter.role().name().toLowerCase(Locale.ROOT));
        String type = shown.types().getOrDefault(parameter.path(), "");
        if (!type.isEmpty()) {
          tensor.put("dtype", type);
        }
      }
    }
    if (!part.shared().isEmpty()) {
      part.shared().forEach(node.putArray("shares")::add);
    }
    List<OutlinePart> inside = Stream.concat(around.stream(), Stream.of(part)).toList();
    ops.ifPresent(o -> ops(node, part, new OpShapes(shown.outline(), inside, o), o));
    if (!part.children().isEmpty()) {
      ArrayNode list = node.putArray("parts");
      part.children().forEach(child -> part(list.addObject(), child, inside));
    }
  }

  private static void ops(ObjectNode node, OutlinePart part, OpShapes shapes, LayerOps all) {
    ArrayNode list = node.putArray("ops");
    for (PlanEntry entry : all.at(part.path())) {
      ObjectNode op = list.addObject().put("op", entry.op().name());
      ArrayNode inputs = op.putArray("inputs");
      entry.inputs().forEach(s -> inputs.add(shapes.shape(s.shape())));
      ArrayNode outputs = op.putArray("outputs");
      entry.outputs().forEach(s -> outputs.add(shapes.shape(s.shape())));
    }
  }
}
