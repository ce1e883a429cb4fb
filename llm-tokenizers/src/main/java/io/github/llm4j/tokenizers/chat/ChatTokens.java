package io.github.llm4j.tokenizers.chat;

import io.github.llm4j.api.tokenizer.Encoding;

/**
 * A conversation as tokens, and which of them the assistant says.
 *
 * <p>Threading: immutable.
 */
public final class ChatTokens {
  private final ChatText text;
  private final Encoding encoding;
  private final boolean[] mask;

  ChatTokens(ChatText text, Encoding encoding) {
    this.text = text;
    this.encoding = encoding;
    this.mask = text.lossMask(encoding);
  }

  /** The text that the tokens stand for. */
  public ChatText text() {
    return text;
  }

  /** The tokens. */
  public Encoding encoding() {
    return encoding;
  }

  /** For each token whether its loss counts: whether the assistant says it. */
  public boolean[] lossMask() {
    return mask.clone();
  }
}
