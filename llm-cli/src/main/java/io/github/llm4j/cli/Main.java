package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** The {@code llm} command. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command line's words
   * @throws IOException if the program's own files can't be read
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT); // what is printed is English, its digits and points too
    // UTF-8 whatever the locale: models write it
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Optional<String> help = ReadyHelp.of(args);
    if (help.isPresent()) {
      out.print(help.get());
      out.flush();
      return;
    }
    int code = run(out, err, args);
    if (code
        != 0) { // exit starts the logging, which costs more than help does: not when all is well
      System.exit(code);
    }
  }

  /**
   * Runs one command.
   *
   * @param out where answers go
   * @param err where errors go
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    try {
      return Llm.run(commandLine().setOut(out).setErr(err), args);
    } catch (LinkageError e) {
      // not among the exceptions that picocli hands to Failures
      return Failures.print(err, "llm", e, Arrays.asList(args).contains("--debug"));
    } catch (OutOfMemoryError e) {
      err.println(
          "memory: more expected than the JVM may take, found "
              + e.getMessage()
              + ". Give it more, as with LLM_JAVA_OPTS=-Xmx4g, or make the model or batch"
              + " smaller.");
      return ErrorKind.RESOURCES.exitCode();
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static CommandLine commandLine() {
    CommandLine llm = new CommandLine(new Llm());
    ServiceLoader.load(LlmCommand.class).forEach(llm::addSubcommand);
    Failures failures = new Failures();
    return llm.setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
