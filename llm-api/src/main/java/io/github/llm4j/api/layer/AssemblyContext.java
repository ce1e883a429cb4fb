package io.github.llm4j.api.layer;

/** What an assembly is built with: the size of the vocabulary comes from the tokenizer. */
public interface AssemblyContext {

  /** Number of token ids (V). */
  int vocabSize();

  /**
   * The context of its layers.
   *
   * @param dModel width of the stream
   * @param contextLength greatest length of a text
   * @param layers number of blocks
   */
  LayerContext root(int dModel, int contextLength, int layers);
}
