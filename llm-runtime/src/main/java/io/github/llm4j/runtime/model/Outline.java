package io.github.llm4j.runtime.model;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;

/**
 * What a model consists of.
 *
 * @param vocabSize number of token ids (V)
 * @param dModel width of the stream (C)
 * @param contextLength greatest length of a text (T)
 * @param layers number of blocks (L)
 * @param root the assembly with all its parts
 */
public record Outline(int vocabSize, int dModel, int contextLength, int layers, OutlinePart root) {

  /** The outline of an architecture; needs no backend and no memory. */
  public static Outline of(ComponentSpec<Assembly> spec, int vocabSize, ModelOptions options) {
    ModelContext context = new ModelContext(vocabSize, options);
    context.assembly(spec);
    Assembly _ = spec.create(context);
    return context.outline();
  }
}
