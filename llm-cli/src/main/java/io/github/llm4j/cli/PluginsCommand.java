package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.plugin.Source;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code llm plugins}: which jars bring which components. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists components, the jars that bring them, and what is refused.")
public final class PluginsCommand implements LlmCommand {
  private static final int SHORT = 12;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--full", description = "Whole paths and checksums.")
  private boolean full;

  @Option(names = "--json", description = "Print JSON, for programs; paths and checksums whole.")
  private boolean json;

  private final Checksums checksums = new Checksums();

  /** Made by ServiceLoader. */
  public PluginsCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Registry registry = Components.quietly();
    List<Path> places = Components.places();
    if (json) {
      out.print(new PluginsJson(registry, places).text());
    } else {
      print(out, registry, places);
    }
    return registry.failures().isEmpty() ? 0 : ErrorKind.PLUGIN.exitCode();
  }

  private void print(PrintWriter out, Registry registry, List<Path> places) {
    Table table = new Table().row("KIND", "TYPE", "PLUGIN", "VERSION", "JAR", "SHA-256");
    registry.entries().forEach(e -> row(table, e.kind().name(), e.type(), e.source()));
    registry.kernels().forEach(k -> row(table, "kernel", k.backend(), k.source()));
    table.print(out);
    out.println();
    for (Path place : places) {
      out.println(
          "Plugins in %s: %s"
              .formatted(place, Files.isDirectory(place) ? in(place, registry) : "no such folder"));
    }
    registry.failures().forEach(f -> out.println("Not loaded: " + f));
  }

  private void row(Table table, String kind, String type, Source source) {
    Path jar = Path.of(source.location());
    String checksum = checksums.of(source).orElse("(a folder)");
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
