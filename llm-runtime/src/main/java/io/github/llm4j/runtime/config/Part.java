package io.github.llm4j.runtime.config;

import java.util.List;

/**
 * A piece of a value's text; a value is several in a row. Offsets are of characters in its text.
 */
sealed interface Part {

  /** {@code { … }}. */
  record Braces(List<Member> members) implements Part {}

  /** {@code [ … ]}. */
  record Brackets(List<List<Part>> elements) implements Part {}

  /** <code>${path}</code> or <code>${?path}</code>. */
  record Reference(List<String> path, boolean optional, int start, int end) implements Part {}

  /** Text, quoted or not. */
  record Literal(String text, boolean quoted, int start, int end) implements Part {}

  /** What stands in braces. */
  sealed interface Member {
    /** Offset of its first character. */
    int start();
  }

  /** {@code path = value}. */
  record Field(List<String> path, List<Part> value, int start) implements Member {}

  /** {@code include "what"}, {@code include required(file("what"))}. */
  record Include(String what, String kind, int start, int end) implements Member {}
}
