package io.github.llm4j.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code llm doctor}: what this machine and this VM have for us, and what is missing. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what is used here, what is not, and how to get it.")
public final class DoctorCommand implements LlmCommand {
  private static final String VECTOR = "jdk.incubator.vector";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Made by ServiceLoader. */
  public DoctorCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Runtime runtime = Runtime.getRuntime();
    new Table()
        .row("llm4j", Version.text())
        .row(
            "Java",
            "%s, %s, in %s"
                .formatted(
                    Runtime.version(),
                    System.getProperty("java.vm.name"),
                    System.getProperty("java.home")))
        .row(
            "system",
            "%s %s, %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch")))
        .row(
            "processors",
            "%d, within the container's limits".formatted(runtime.availableProcessors()))
        .row(
            "heap",
            "at most %d MiB; tensors lie outside it. LLM_JAVA_OPTS=-Xmx8g gives more."
                .formatted(runtime.maxMemory() >> 20))
        .row("vector API", vector())
        .row("native calls", nativeAccess())
        .print(out);
    out.println();
    BackendsCommand.print(out, BackendsCommand.providers());
    return 0;
  }

  private static String vector() {
    return ModuleLayer.boot().findModule(VECTOR).isPresent()
        ? "here (module " + VECTOR + ")"
        : "missing: attention takes three times as long, other kernels up to twice. Start Java with"
            + " --add-modules="
            + VECTOR
            + "; the llm launcher does.";
  }

  private static String nativeAccess() {
    boolean flag =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(a -> a.startsWith("--enable-native-access"));
    return flag || DoctorCommand.class.getModule().isNativeAccessEnabled()
        ? "allowed"
        : "allowed with a warning. Start Java with --enable-native-access=ALL-UNNAMED; the llm"
            + " launcher does.";
  }
}
