package io.github.llm4j.cli;

import io.github.llm4j.runtime.plugin.Checksum;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.plugin.Source;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code llm plugins}: which jars bring which components. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = "Lists components, the jars that bring them, and what is refused.")
public final class PluginsCommand implements LlmCommand {
  private static final int SHORT = 12;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--full", description = "Whole paths and checksums.")
  private boolean full;

  /** Made by ServiceLoader. */
  public PluginsCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Registry registry = Components.quietly();
    Table table = new Table().row("KIND", "TYPE", "PLUGIN", "VERSION", "JAR", "SHA-256");
    Map<Path, String> checksums = new HashMap<>();
    registry.entries().forEach(e -> row(table, e.kind().name(), e.type(), e.source(), checksums));
    registry.kernels().forEach(k -> row(table, "kernel", k.backend(), k.source(), checksums));
    table.print(out);
    out.println();
    for (Path place : Components.places()) {
      out.println(
          "Plugins in %s: %s"
              .formatted(place, Files.isDirectory(place) ? in(place, registry) : "no such folder"));
    }
    registry.failures().forEach(f -> out.println("Not loaded: " + f));
    return registry.failures().isEmpty() ? 0 : 3;
  }

  private void row(
      Table table, String kind, String type, Source source, Map<Path, String> checksums) {
    Path jar = Path.of(source.location());
    String checksum =
        Files.isRegularFile(jar) ? checksums.computeIfAbsent(jar, Checksum::of) : "(a folder)";
    table.row(
        kind,
        type,
        source.module(),
        source.version(),
        full ? source.location() : String.valueOf(jar.getFileName()),
        full ? checksum : checksum.substring(0, Math.min(SHORT, checksum.length())));
  }

  private static String in(Path place, Registry registry) {
    String names =
        registry.plugins().stream()
            .filter(p -> p.jar().startsWith(place))
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }
}
