package io.github.llm4j.runtime.composition;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which backend computes.
 *
 * @param spec it
 * @param reason why, in one line
 */
record BackendChoice(ComponentSpec<Backend> spec, String reason) {

  static BackendChoice of(ComponentSpec<Backend> wanted, Registry registry) {
    return wanted.provider() instanceof AutoBackend ? best(registry) : named(wanted);
  }

  private static BackendChoice named(ComponentSpec<Backend> wanted) {
    Availability found = ((BackendProvider<?>) wanted.provider()).probe();
    if (!found.usable()) {
      throw new LlmException(
          ErrorKind.PLUGIN,
          "backend %s (%s): a usable backend expected, found: %s. %s"
              .formatted(wanted.type(), wanted.origin(), found.detail(), found.remedy()));
    }
    return new BackendChoice(wanted, wanted.type() + ", as the config names it");
  }

  private static BackendChoice best(Registry registry) {
    List<BackendProvider<?>> providers = new ArrayList<>();
    registry.providers(BackendProvider.class).forEach(providers::add);
    providers.removeIf(AutoBackend.class::isInstance);
    providers.sort(Comparator.<BackendProvider<?>>comparingInt(p -> p.rank()).reversed());
    List<String> passed = new ArrayList<>();
    for (BackendProvider<?> provider : providers) {
      Availability found = provider.probe();
      if (found.usable()) {
        String others = passed.isEmpty() ? "" : "; not " + String.join(", not ", passed);
        return new BackendChoice(
            spec(provider, registry),
            "%s (auto: %s%s)".formatted(provider.type(), found.detail(), others));
      }
      passed.add(provider.type() + ": " + found.detail());
    }
    throw new LlmException(
        ErrorKind.PLUGIN,
        "backend auto: a usable backend expected, found none%s. Put llm-backend-cpu on the class path."
            .formatted(passed.isEmpty() ? "" : " among " + passed));
  }

  private static <S extends Record> ComponentSpec<Backend> spec(
      BackendProvider<S> provider, Registry registry) {
    ConfigSource nothing = ConfigSource.text("backend " + provider.type(), "");
    S settings = new Binder(registry).bind(provider.settings(), nothing).settings();
    return new ComponentSpec<>(provider, settings, "auto");
  }
}
