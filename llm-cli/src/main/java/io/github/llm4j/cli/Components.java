package io.github.llm4j.cli;

import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.optimizer.OptimizerProvider;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Registry;
import java.util.List;

/** The components on the class path, for commands that only show them. */
final class Components {
  private Components() {}

  static Registry registry() {
    return Registry.of(
        Components.class.getClassLoader(),
        List.of(
            new Kind("assembly", AssemblyProvider.class),
            new Kind("layer", LayerProvider.class),
            new Kind("tokenizer", TokenizerProvider.class),
            new Kind("optimizer", OptimizerProvider.class),
            new Kind("backend", BackendProvider.class)));
  }
}
