package io.github.llm4j.runtime.composition;

import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.optimizer.OptimizerProvider;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.plugin.Kind;
import java.util.ArrayList;
import java.util.List;

/** Kinds of components of the API. */
final class Kinds {
  private Kinds() {}

  static List<Kind> with(List<Kind> more) {
    List<Kind> kinds =
        new ArrayList<>(
            List.of(
                new Kind("assembly", AssemblyProvider.class),
                new Kind("layer", LayerProvider.class),
                new Kind("tokenizer", TokenizerProvider.class),
                new Kind("optimizer", OptimizerProvider.class),
                new Kind("backend", BackendProvider.class)));
    kinds.addAll(more);
    return kinds;
  }
}
