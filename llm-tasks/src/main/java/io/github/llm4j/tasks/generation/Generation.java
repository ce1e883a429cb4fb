package io.github.llm4j.tasks.generation;

/**
 * A text that a model wrote.
 *
 * @param text the new text, without the prompt
 * @param tokens number of new tokens
 * @param promptTokens number of the prompt's tokens that the model saw
 * @param cut number of the prompt's tokens that were left out, by {@link
 *     GenerationSettings.Truncate#LEFT}
 * @param finish why it ended
 */
public record Generation(String text, int tokens, int promptTokens, int cut, Finish finish) {

  /** Why a text ended; protocols that know one word for both call it "length". */
  public enum Finish {
    /** As many tokens as asked for. */
    TOKENS,
    /** The context is full. */
    CONTEXT
  }
}
