package io.github.llm4j.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one line that a running command keeps up to date on a terminal; elsewhere it never appears
 * and only {@link #print} writes. Written with carriage returns and blanks, so that any terminal
 * shows it.
 */
final class LiveLine {
  private static final int DEFAULT_WIDTH = 80;

  private final PrintWriter out;
  private final boolean live;
  private final int width;
  private int shown;

  /**
   * A line that isn't there yet.
   *
   * @param live whether somebody watches
   * @param width columns of the terminal
   */
  LiveLine(PrintWriter out, boolean live, int width) {
    this.out = out;
    this.live = live;
    this.width = width;
  }

  /** A line on this process's terminal, if it has one. */
  static LiveLine of(PrintWriter out) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new LiveLine(out, terminal && !dumb, columns(System.getenv("COLUMNS")));
  }

  static int columns(@Nullable String variable) {
    try {
      return variable == null ? DEFAULT_WIDTH : Math.max(20, Integer.parseInt(variable));
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  /** Whether anybody sees what {@link #show} shows. */
  boolean live() {
    return live;
  }

  /** Replaces what the line shows; cut to the terminal's width, since a wrapped line can't be. */
  void show(String text) {
    if (!live) {
      return;
    }
    String cut = text.length() < width ? text : text.substring(0, width - 1);
    out.print("\r" + cut + " ".repeat(Math.max(0, shown - cut.length())));
    out.flush();
    shown = cut.length();
  }

  /** Prints a line that stays, above the live one. */
  void print(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** Takes the live line away. */
  void clear() {
    if (shown > 0) {
      out.print("\r" + " ".repeat(shown) + "\r");
      out.flush();
      shown = 0;
    }
  }
}
