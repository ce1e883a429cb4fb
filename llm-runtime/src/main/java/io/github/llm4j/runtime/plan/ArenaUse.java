package io.github.llm4j.runtime.plan;

/**
 * What lies in a plan's part of the arena at its fullest launch.
 *
 * @param launch index of that launch; 0 in an empty plan
 * @param values bytes of results that are needed then or later: activations and their gradients
 * @param workspace bytes of that launch's scratch memory
 * @param gaps bytes that are lost between them, because each stays at its place for its whole life
 */
public record ArenaUse(int launch, long values, long workspace, long gaps) {

  /** All of it: the bytes of the arena. */
  public long bytes() {
    return values + workspace + gaps;
  }
}
