package io.github.llm4j.runtime.config;

import java.util.List;

/** Something wrong: where in the tree, where it is written, what. */
record Problem(List<String> path, String where, String message) {

  /** A problem of the text, before there is a tree. */
  static Problem at(String where, String message) {
    return new Problem(List.of(), where, message);
  }

  @Override
  public String toString() {
    if (path.isEmpty()) {
      return where + ": " + message;
    }
    return String.join(".", path) + (where.isEmpty() ? "" : " (" + where + ")") + ": " + message;
  }
}
