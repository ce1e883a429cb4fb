package io.github.llm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {

  /** Throws what it is given. */
  @Command(name = "fail")
  private static final class Fail implements LlmCommand {
    private final Exception failure;

    Fail(Exception failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }

  private static Llms.Result fail(Exception failure, String... options) {
    StringWriter err = new StringWriter();
    CommandLine llm = new CommandLine(new Llm());
    llm.addSubcommand(new Fail(failure));
    llm.setErr(new PrintWriter(err)).setExecutionExceptionHandler(new Failures());
    String[] args = new String[options.length + 1];
    args[0] = "fail";
    System.arraycopy(options, 0, args, 1, options.length);
    return new Llms.Result(llm.execute(args), "", err.toString());
  }

  @Test
  void theKindIsTheExitCodeAndTheMessageIsAll() {
    int[] codes = {2, 3, 4};
    ErrorKind[] kinds = {ErrorKind.USER, ErrorKind.PLUGIN, ErrorKind.RESOURCES};
    for (int i = 0; i < codes.length; i++) {
      Llms.Result result = fail(new LlmException(kinds[i], "a: b expected, found c. Do d."));
      assertEquals(codes[i], result.code());
      assertEquals("a: b expected, found c. Do d.\n", result.err());
    }
  }

  @Test
  void onlyDebugShowsTheStack() {
    Llms.Result result = fail(new LlmException(ErrorKind.USER, "no"), "--debug");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("at io.github.llm4j.cli.FailuresTest"), result.err());
    System.clearProperty("llm4j.log");
  }

  @Test
  void filesThatAreMissingAreTheUsersMatter() {
    IOException missing = new NoSuchFileException("data/a.txt");
    assertEquals(
        new Llms.Result(2, "", "data/a.txt: a file expected, found none. Check the path.\n"),
        fail(new UncheckedIOException(missing)));
    assertEquals(4, fail(new IOException("No space left on device")).code());
  }

  @Test
  void faultsOfOursAreSaidToBe() {
    Llms.Result result = fail(new IllegalStateException("odd"));
    assertEquals(5, result.code());
    assertEquals(
        """
        llm fail: a fault of llm4j: java.lang.IllegalStateException: odd
        Run it again with --debug and report what it prints.
        """,
        result.err());
    assertFalse(result.err().contains("\tat "));
  }
}
