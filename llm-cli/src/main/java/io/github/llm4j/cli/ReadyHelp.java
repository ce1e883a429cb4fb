package io.github.llm4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;

/**
 * What {@code llm --help} prints, ready made, because the parser takes ten times as long to make it
 * anew: it looks at every option of every command, and the start-up cache can't hold its classes,
 * which are of an old format. A test compares it with what the parser makes.
 */
final class ReadyHelp {
  private static final String COMMANDS = "META-INF/services/io.github.llm4j.cli.LlmCommand";

  private ReadyHelp() {}

  /** The text, if it is all that is asked for, and nobody else's jar brings commands. */
  static Optional<String> of(String... args) throws IOException {
    if (args.length != 1 || !(args[0].equals("--help") || args[0].equals("-h"))) {
      return Optional.empty();
    }
    ClassLoader loader = ReadyHelp.class.getClassLoader();
    if (Collections.list(loader.getResources(COMMANDS)).size() != 1) {
      return Optional.empty();
    }
    try (InputStream text = ReadyHelp.class.getResourceAsStream("help.txt")) {
      return text == null
          ? Optional.empty()
          : Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
