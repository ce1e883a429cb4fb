package io.github.llm4j.tokenizers.template;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A compiled Jinja template, as the transformers library runs chat templates: {@code trim_blocks},
 * {@code lstrip_blocks}, {@code break} and {@code continue}, {@code generation} blocks, {@code
 * raise_exception}, {@code strftime_now}, and {@code tojson} as Python's {@code json.dumps} without
 * escapes for other scripts.
 *
 * <p>A template is not trusted: it sees null, booleans, numbers, texts, lists and mappings that
 * were handed to it, and can neither change them nor reach anything else. What it does is bounded
 * by {@link TemplateLimits}. Compiling takes time linear in its length.
 *
 * <p>Threading: immutable, for any number of threads.
 */
public final class Template {
  private static final int LONGEST = 1 << 24;

  private final String name;
  private final List<Statement> body;
  private final boolean marksGeneration;
  private final TemplateLimits limits;
  private final Clock clock;

  private Template(
      String name,
      List<Statement> body,
      boolean marksGeneration,
      TemplateLimits limits,
      Clock clock) {
    this.name = name;
    this.body = body;
    this.marksGeneration = marksGeneration;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Compiles a template.
   *
   * @param name what messages call it
   * @throws LlmException if it is no template; says line, expected and found
   */
  public static Template compile(String name, String source) {
    if (source.length() > LONGEST) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a template of at most %d characters expected, found %d."
              .formatted(name, LONGEST, source.length()));
    }
    try {
      List<Token> tokens = Lexer.tokens(source);
      List<Statement> body = Parser.parse(tokens);
      return new Template(
          name, body, marks(tokens), TemplateLimits.DEFAULT, Clock.system(ZoneId.systemDefault()));
    } catch (Syntax e) {
      throw new LlmException(
          ErrorKind.USER, "%s, line %d: %s".formatted(name, e.line(), e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw stack(name, 1, e);
    }
  }

  private static boolean marks(List<Token> tokens) {
    for (int i = 1; i < tokens.size(); i++) {
      boolean tag = tokens.get(i - 1).kind() == TokenKind.TAG_BEGIN;
      if (tag && tokens.get(i).is(TokenKind.NAME, "generation")) {
        return true;
      }
    }
    return false;
  }

  /** The same template with other limits. */
  public Template withLimits(TemplateLimits other) {
    return new Template(name, body, marksGeneration, other, clock);
  }

  /** The same template with another clock for {@code strftime_now}. */
  public Template withClock(Clock other) {
    return new Template(name, body, marksGeneration, limits, other);
  }

  /**
   * Renders it.
   *
   * @param variables values by name: null, booleans, numbers, texts, lists, and mappings with texts
   *     as keys
   * @throws LlmException if a value is of another kind, if the template fails or refuses, or if it
   *     would do more than its limits allow
   */
  public Rendering render(Map<String, ?> variables) {
    Run run = new Run(limits, clock);
    try {
      Scope scope = Globals.scope();
      variables.forEach((key, value) -> scope.set(key, Variables.copy(run, key, value)));
      new Renderer(run).render(body, new Scope(scope));
      return run.rendering();
    } catch (Fault e) {
      throw new LlmException(
          ErrorKind.USER, "%s, line %d: %s".formatted(name, run.line(), e.text()), e);
    } catch (StackOverflowError e) {
      throw stack(name, run.line(), e);
    }
  }

  /** The limits leave room on a stack of 512 KiB; a caller's own may be smaller. */
  private static LlmException stack(String name, int line, StackOverflowError e) {
    return new LlmException(
        ErrorKind.RESOURCES,
        "%s, line %d: a thread with more stack expected, found that its stack is full. Give it at least 512 KiB (-Xss)."
            .formatted(name, line),
        e);
  }

  /** Whether it has {@code generation} blocks, which say what the assistant says. */
  public boolean marksGeneration() {
    return marksGeneration;
  }

  /** What messages call it. */
  public String name() {
    return name;
  }
}
