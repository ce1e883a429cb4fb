package io.github.llm4j.tokenizers.template;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One rendering: what it may still do, where it is, and what it has written. One thread. */
final class Run {
  private static final int CHARACTERS_A_STEP = 16;

  private final TemplateLimits limits;
  private final Clock clock;
  private final List<Rendering.Span> generated = new ArrayList<>();
  private StringBuilder out = new StringBuilder();
  private long steps;
  private int depth;
  private int buffers;
  private int line = 1;
  private boolean spansKnown = true;

  Run(TemplateLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  int line() {
    return line;
  }

  void at(int line) {
    this.line = line;
  }

  /** Counts one step. */
  void step() {
    spend(1);
  }

  private void spend(long more) {
    steps += more;
    if (steps > limits.steps()) {
      throw new Fault(
          "at most %d steps expected, found more. Does the template loop too often?"
              .formatted(limits.steps()));
    }
  }

  /** Counts characters or elements that come into being, before they do. */
  void room(long characters) {
    fits(characters);
    spend(characters / CHARACTERS_A_STEP);
  }

  void fits(long characters) {
    if (characters > limits.characters()) {
      throw new Fault(
          "a text or list of at most %d expected, found %d."
              .formatted(limits.characters(), characters));
    }
  }

  /** Goes one level deeper. */
  void enter() {
    step();
    if (++depth > limits.depth()) {
      throw new Fault(
          "statements, expressions and calls at most %d deep expected, found deeper ones. Does a macro call itself without end?"
              .formatted(limits.depth()));
    }
  }

  void leave() {
    depth--;
  }

  void write(String text) {
    room(text.length());
    fits((long) out.length() + text.length());
    out.append(text);
  }

  /** What a body writes, kept out of the result. */
  String capture(Runnable body) {
    StringBuilder outer = out;
    StringBuilder inner = new StringBuilder();
    out = inner;
    buffers++;
    body.run();
    buffers--;
    out = outer;
    return inner.toString();
  }

  /** Notes that what a body writes is what the assistant says. */
  void generate(Runnable body) {
    int from = out.length();
    body.run();
    spansKnown &= buffers == 0;
    generated.add(new Rendering.Span(from, out.length()));
  }

  Rendering rendering() {
    return new Rendering(out.toString(), generated, spansKnown);
  }
}
