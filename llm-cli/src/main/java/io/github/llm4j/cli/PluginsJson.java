package io.github.llm4j.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.runtime.plugin.Plugin;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.plugin.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Components, the jars that bring them, and what is refused, as programs read it. */
final class PluginsJson {
  private final Registry registry;
  private final List<Path> places;
  private final Checksums checksums = new Checksums();

  PluginsJson(Registry registry, List<Path> places) {
    this.registry = registry;
    this.places = places;
  }

  String text() {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    ArrayNode components = root.putArray("components");
    registry.entries().forEach(e -> add(components, e.kind().name(), e.type(), e.source()));
    registry.kernels().forEach(k -> add(components, "kernel", k.backend(), k.source()));
    ArrayNode looked = root.putArray("places");
    for (Path place : places) {
      ObjectNode node = looked.addObject();
      node.put("folder", place.toString()).put("exists", Files.isDirectory(place));
      ArrayNode plugins = node.putArray("plugins");
      registry.plugins().stream()
          .filter(p -> p.jar().startsWith(place))
          .forEach(p -> add(plugins, p));
    }
    registry.failures().forEach(root.putArray("refused")::add);
    return root.toPrettyString() + "\n";
  }

  private void add(ArrayNode list, String kind, String type, Source source) {
    ObjectNode node = list.addObject().put("kind", kind).put("type", type);
    node.put("plugin", source.module()).put("version", source.version());
    node.put("jar", source.location());
    node.put("checksum", checksums.of(source).orElse("none"));
  }

  private void add(ArrayNode list, Plugin plugin) {
    ObjectNode node = list.addObject().put("name", plugin.name()).put("version", plugin.version());
    ArrayNode jars = node.putArray("jars");
    for (Path jar : plugin.jars()) {
      jars.addObject().put("jar", jar.toString()).put("checksum", checksums.of(jar));
    }
  }
}
