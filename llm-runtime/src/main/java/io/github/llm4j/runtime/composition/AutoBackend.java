package io.github.llm4j.runtime.composition;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;

/** {@code auto}: stands for the usable backend of the highest rank; the workplace resolves it. */
public final class AutoBackend implements BackendProvider<AutoBackend.Settings> {

  /** It has none. */
  @Doc("The best backend that is usable here.")
  public record Settings() {}

  /** For the service loader. */
  public AutoBackend() {}

  /** A spec that lets the workplace choose. */
  public static ComponentSpec<Backend> spec() {
    return ComponentSpec.of(new AutoBackend(), new Settings());
  }

  @Override
  public String type() {
    return "auto";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Availability probe() {
    return Availability.unavailable("it only stands for another", "");
  }

  @Override
  public int rank() {
    return Integer.MIN_VALUE;
  }

  @Override
  public Backend create(Settings settings, BackendContext context) {
    throw new LlmException(
        ErrorKind.INTERNAL,
        "backend auto: a backend expected in its place, found itself. Open a Workplace.");
  }
}
