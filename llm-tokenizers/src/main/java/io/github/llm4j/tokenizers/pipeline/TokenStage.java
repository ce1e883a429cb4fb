package io.github.llm4j.tokenizers.pipeline;

/** A stage that needs whole tokens: it holds back what it has of one. Threading: one thread. */
public abstract class TokenStage implements DecoderStage {
  /** Where tokens go. */
  protected final DecoderStage next;

  private final StringBuilder held = new StringBuilder();

  /** A stage before another. */
  protected TokenStage(DecoderStage next) {
    this.next = next;
  }

  /** Takes a token. */
  protected abstract void token(String token);

  /** What is to be done before the text ends: nothing. */
  protected void last() {}

  /** Hands on a token. */
  protected final void give(String token) {
    next.piece(token);
    next.tokenEnd();
  }

  @Override
  public final void piece(String piece) {
    held.append(piece);
  }

  @Override
  public final void tokenEnd() {
    String token = held.toString();
    held.setLength(0);
    token(token);
  }

  @Override
  public final void end() {
    last();
    next.end();
  }
}
