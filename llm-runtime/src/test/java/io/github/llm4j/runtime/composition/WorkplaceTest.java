package io.github.llm4j.runtime.composition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkplaceTest {

  /** A backend that can't be made. */
  private record Failing(Throwable failure) implements BackendProvider<Failing.Settings> {
    record Settings() {}

    @Override
    public String type() {
      return "failing";
    }

    @Override
    public Class<Settings> settings() {
      return Settings.class;
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public Availability probe() {
      return Availability.available("until it is made");
    }

    @Override
    public Backend create(Settings settings, BackendContext context) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  private static Workplace open(Throwable failure) {
    return Workplace.open(
        Workplace.registry(WorkplaceTest.class.getClassLoader(), List.of()),
        ComponentSpec.of(new Failing(failure), new Failing.Settings()),
        OptionalInt.of(1));
  }

  @Test
  void whatABackendThrowsComesOutAsItIs() {
    for (Throwable failure :
        List.of(
            new LlmException(ErrorKind.RESOURCES, "a: b expected, found c. Do d."),
            new IllegalStateException("odd"),
            new UnsatisfiedLinkError("no library"))) {
      assertSame(failure, assertThrows(failure.getClass(), () -> open(failure)));
    }
  }

  /** A JVM warns of what a library does with it, once a process: so in one of its own. */
  @Test
  void nothingIsPrintedWhenAWorkplaceIsPutTogether() throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName());
    java.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM would say that it took them
    java.environment().remove("JDK_JAVA_OPTIONS");
    Process process = java.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", printed);
    assertEquals(0, process.waitFor());
  }

  /** Puts a workplace together, as far as its backend. */
  static final class Child {
    private Child() {}

    /**
     * In the JVM that is watched.
     *
     * @param args none
     */
    public static void main(String[] args) {
      IllegalStateException failure = new IllegalStateException("odd");
      try (Workplace made = open(failure)) {
        throw new AssertionError("a failure expected, found " + made.choice());
      } catch (IllegalStateException e) {
        assertSame(failure, e);
      }
    }
  }
}
