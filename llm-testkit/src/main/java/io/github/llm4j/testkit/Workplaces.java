package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import java.util.List;
import java.util.OptionalInt;

/** Workplaces of what is on the test's class path, kernels of plugins included. */
public final class Workplaces {
  private Workplaces() {}

  /** What a config of a workplace declares. */
  record Config(ComponentSpec<Backend> backend) {}

  /** All components on the class path. */
  public static Registry registry() {
    return Workplace.registry(Workplaces.class.getClassLoader(), List.of());
  }

  /**
   * Opens one; the caller closes it.
   *
   * @param backend as a config names it, as {@code cpu}
   * @param threads that compute
   */
  public static Workplace open(String backend, int threads) {
    Registry registry = registry();
    Config config =
        new Binder(registry)
            .bind(Config.class, ConfigSource.text("test", "backend = " + backend))
            .settings();
    return Workplace.open(registry, config.backend(), OptionalInt.of(threads));
  }
}
