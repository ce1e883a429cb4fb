package io.github.llm4j.cli;

import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.Pretraining;

/** The components on the class path. */
final class Components {
  private Components() {}

  static Registry registry() {
    return Pretraining.registry(Components.class.getClassLoader());
  }
}
