package io.github.llm4j.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.model.OutlinePart;
import io.github.llm4j.trainers.planning.Architecture;
import java.util.Locale;

/** A model's parts as programs read them; nothing is folded. */
final class ShowJson {
  private final Architecture shown;

  ShowJson(Architecture shown) {
    this.shown = shown;
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
    part(root.putObject("model"), outline.root());
    return root.toPrettyString() + "\n";
  }

  private void part(ObjectNode node, OutlinePart part) {
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
    if (!part.children().isEmpty()) {
      ArrayNode list = node.putArray("parts");
      part.children().forEach(child -> part(list.addObject(), child));
    }
  }
}
