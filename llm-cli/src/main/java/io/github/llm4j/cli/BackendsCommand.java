package io.github.llm4j.cli;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.runtime.composition.AutoBackend;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code llm backends}: what can compute here. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    description = "Lists what can compute here, and which one 'backend = auto' takes.")
public final class BackendsCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Made by ServiceLoader. */
  public BackendsCommand() {}

  @Override
  public Integer call() {
    print(spec.commandLine().getOut(), providers());
    return 0;
  }

  /** The backends, the most preferred first. */
  static List<BackendProvider<?>> providers() {
    List<BackendProvider<?>> providers = new ArrayList<>();
    Components.registry().providers(BackendProvider.class).forEach(providers::add);
    providers.removeIf(AutoBackend.class::isInstance); // it only stands for another
    providers.sort(
        Comparator.<BackendProvider<?>>comparingInt(p -> p.rank())
            .reversed()
            .thenComparing(p -> p.type()));
    return providers;
  }

  static void print(PrintWriter out, List<BackendProvider<?>> providers) {
    Table table = new Table();
    Optional<String> taken = Optional.empty();
    for (BackendProvider<?> provider : providers) {
      Availability found = provider.probe();
      String text = found.detail() + (found.remedy().isEmpty() ? "" : ". " + found.remedy());
      table.row(provider.type(), found.usable() ? "usable" : "not usable", text);
      if (found.usable() && taken.isEmpty()) {
        taken = Optional.of(provider.type());
      }
    }
    table.print(out);
    out.println(
        taken
            .map(t -> "backend = auto takes " + t + ".")
            .orElse(
                "No backend is usable. Put the jar of one (llm-backend-cpu) on the class path."));
  }
}
