package io.github.llm4j.cli;

import io.github.llm4j.runtime.plugin.Entry;
import io.github.llm4j.runtime.plugin.Registry;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code llm plugins}: which jars bring which components. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = "Lists the jars that bring components, and what could not be loaded.")
public final class PluginsCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Made by ServiceLoader. */
  public PluginsCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Registry registry = Components.registry();
    Map<String, Map<String, String>> bySource =
        registry.entries().stream()
            .collect(
                Collectors.groupingBy(
                    e -> e.source() + "\n" + e.source().location(),
                    TreeMap::new,
                    Collectors.groupingBy(
                        e -> e.kind().name(),
                        TreeMap::new,
                        Collectors.mapping(Entry::type, Collectors.joining(", ")))));
    bySource.forEach(
        (source, kinds) -> {
          out.println(source.replace("\n", "  "));
          Table table = new Table();
          kinds.forEach((kind, types) -> table.row("  " + kind, types));
          table.print(out);
        });
    registry.failures().forEach(f -> out.println("Not loaded: " + f));
    return registry.failures().isEmpty() ? 0 : 3;
  }
}
