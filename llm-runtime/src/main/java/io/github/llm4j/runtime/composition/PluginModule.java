package io.github.llm4j.runtime.composition;

import com.google.inject.AbstractModule;
import io.github.llm4j.runtime.plugin.Registry;

/** The components that configs can name. */
final class PluginModule extends AbstractModule {
  private final Registry registry;

  PluginModule(Registry registry) {
    this.registry = registry;
  }

  @Override
  protected void configure() {
    bind(Registry.class).toInstance(registry);
  }
}
