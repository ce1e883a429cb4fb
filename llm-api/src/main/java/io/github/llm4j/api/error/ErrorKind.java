package io.github.llm4j.api.error;

/** Whose matter an error is; the exit code of the command follows from it. */
public enum ErrorKind {
  /** The user's input: config, data, arguments. */
  USER(2),
  /** A plugin or the environment: a missing library, a wrong version. */
  PLUGIN(3),
  /** Memory, disk, device. */
  RESOURCES(4),
  /** A fault of ours. */
  INTERNAL(5);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Exit code of a command that ends with such an error. */
  public int exitCode() {
    return exitCode;
  }
}
