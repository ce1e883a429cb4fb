package io.github.llm4j.tokenizers.template;

import io.github.llm4j.tokenizers.template.Statement.Break;
import io.github.llm4j.tokenizers.template.Statement.CallBlock;
import io.github.llm4j.tokenizers.template.Statement.Continue;
import io.github.llm4j.tokenizers.template.Statement.FilterBlock;
import io.github.llm4j.tokenizers.template.Statement.For;
import io.github.llm4j.tokenizers.template.Statement.Generation;
import io.github.llm4j.tokenizers.template.Statement.If;
import io.github.llm4j.tokenizers.template.Statement.MacroDefinition;
import io.github.llm4j.tokenizers.template.Statement.Output;
import io.github.llm4j.tokenizers.template.Statement.SetBlock;
import io.github.llm4j.tokenizers.template.Statement.Signature;
import io.github.llm4j.tokenizers.template.Statement.Target;
import io.github.llm4j.tokenizers.template.Statement.Text;
import io.github.llm4j.tokenizers.template.Statement.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template's tokens as statements. Linear time; recursion is bounded by {@link Cursor#enter}. */
final class Parser {
  private static final String TAGS =
      "if, for, set, macro, call, filter, with, generation, break, continue, raw, print";

  private final Cursor cursor;
  private final ExpressionParser expressions;
  private final TargetParser targets;

  /** Whether break and continue have a loop here. */
  private boolean inLoop;

  private Parser(List<Token> tokens) {
    this.cursor = new Cursor(tokens);
    this.expressions = new ExpressionParser(cursor);
    this.targets = new TargetParser(cursor, expressions);
  }

  /**
   * The statements of a template.
   *
   * @throws Syntax if it is none
   */
  static List<Statement> parse(List<Token> tokens) {
    return new Parser(tokens).statements(Set.of());
  }

  /** Statements up to a tag with one of these names, whose name is the next token. */
  private List<Statement> statements(Set<String> ends) {
    cursor.enter();
    List<Statement> body = new ArrayList<>();
    while (true) {
      Token token = cursor.next();
      switch (token.kind()) {
        case TEXT -> body.add(new Text(token.text()));
        case OUTPUT_BEGIN -> {
          body.add(new Output(expressions.tuple(true, null)));
          cursor.expect(TokenKind.OUTPUT_END);
        }
        case TAG_BEGIN -> {
          if (cursor.peek().kind() == TokenKind.NAME && ends.contains(cursor.peek().text())) {
            cursor.leave(1);
            return body;
          }
          statement(body);
          cursor.expect(TokenKind.TAG_END);
        }
        default -> {
          if (!ends.isEmpty()) {
            throw Syntax.expected(tags(ends), token);
          }
          return body;
        }
      }
    }
  }

  private static String tags(Set<String> names) {
    return "'{% " + String.join(" %}' or '{% ", names.stream().sorted().toList()) + " %}'";
  }

  /** The body of a tag that has one; afterwards the end tag's name has been read. */
  private List<Statement> body(String end) {
    List<Statement> body = open(Set.of(end));
    cursor.next();
    return body;
  }

  private List<Statement> open(Set<String> ends) {
    cursor.skipOperator(":");
    cursor.expect(TokenKind.TAG_END);
    return statements(ends);
  }

  private void statement(List<Statement> out) {
    Token tag = cursor.expectName();
    switch (tag.text()) {
      case "if" -> out.add(choice());
      case "for" -> out.add(loop());
      case "set" -> out.add(set());
      case "macro" -> out.add(macro());
      case "call" -> out.add(call());
      case "filter" ->
          out.add(
              new FilterBlock(
                  filters(expressions.namedFilter(null)), apart(() -> body("endfilter"))));
      case "with" -> out.add(with());
      case "generation" -> out.add(new Generation(apart(() -> body("endgeneration"))));
      case "break", "continue" -> {
        if (!inLoop) {
          throw Syntax.expected("a loop around '" + tag.text() + "'", tag);
        }
        out.add(tag.text().equals("break") ? new Break() : new Continue());
      }
      case "print" -> {
        do {
          out.add(new Output(expressions.expression()));
        } while (cursor.skipOperator(","));
      }
      default -> throw Syntax.expected("a tag (" + TAGS + ")", tag);
    }
  }

  /** A body that is rendered by itself, so that a loop outside can't be left from within it. */
  private List<Statement> apart(java.util.function.Supplier<List<Statement>> body) {
    return looping(false, body);
  }

  private List<Statement> looping(boolean loop, java.util.function.Supplier<List<Statement>> body) {
    boolean before = inLoop;
    inLoop = loop;
    List<Statement> result = body.get();
    inLoop = before;
    return result;
  }

  private Statement choice() {
    List<Expression> tests = new ArrayList<>();
    List<List<Statement>> bodies = new ArrayList<>();
    while (true) {
      tests.add(expressions.tuple(false, null));
      bodies.add(open(Set.of("elif", "else", "endif")));
      String end = cursor.next().text();
      if (!end.equals("elif")) {
        return new If(tests, bodies, end.equals("else") ? body("endif") : List.of());
      }
    }
  }

  private Statement loop() {
    Target target = targets.target("in", false);
    cursor.expectName("in");
    Expression over = expressions.tuple(false, "recursive");
    Expression filter = cursor.skipName("if") ? expressions.expression() : null;
    boolean recursive = cursor.skipName("recursive");
    List<Statement> body = looping(true, () -> open(Set.of("endfor", "else")));
    boolean otherwise = cursor.next().text().equals("else");
    return new For(target, over, filter, recursive, body, otherwise ? body("endfor") : List.of());
  }

  private Statement set() {
    Target target = targets.target(null, true);
    if (cursor.skipOperator("=")) {
      return new Statement.Set(target, expressions.tuple(true, null));
    }
    Expression filters = null;
    if (cursor.skipOperator("|")) {
      filters = filters(expressions.namedFilter(null));
    }
    return new SetBlock(target, filters, apart(() -> body("endset")));
  }

  /** Further filters behind a first one. */
  private Expression filters(Expression first) {
    Expression filters = first;
    int levels = 0;
    while (cursor.skipOperator("|")) {
      cursor.enter();
      levels++;
      filters = expressions.namedFilter(filters);
    }
    cursor.leave(levels);
    return filters;
  }

  private Statement with() {
    List<Target> names = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (cursor.peek().kind() != TokenKind.TAG_END) {
      if (!names.isEmpty()) {
        cursor.expectOperator(",");
      }
      names.add(targets.target(null, false));
      cursor.expectOperator("=");
      values.add(expressions.expression());
    }
    return new With(names, values, body("endwith"));
  }

  private Statement macro() {
    String name = cursor.expectName().text();
    return new MacroDefinition(name, signature(true, "endmacro", null));
  }

  private Statement call() {
    List<Expression> holder = new ArrayList<>();
    Signature signature = signature(cursor.isOperator("("), "endcall", holder);
    return new CallBlock((Expression.Call) holder.getFirst(), signature);
  }

  /**
   * Parameters and body of a macro or call block.
   *
   * @param called takes the call between both, if it is a call block
   */
  private Signature signature(boolean parameters, String end, @Nullable List<Expression> called) {
    List<String> names = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    if (parameters) {
      cursor.expectOperator("(");
      parameters(names, defaults);
    }
    if (called != null) {
      Token first = cursor.peek();
      called.add(expressions.expression());
      if (!(called.getFirst() instanceof Expression.Call)) {
        throw Syntax.expected("a call of a macro", first);
      }
    }
    Set<String> met = new HashSet<>();
    Set<String> before = expressions.primaries().collect(met);
    List<Statement> body = apart(() -> body(end));
    expressions.primaries().collect(before);
    before.addAll(met);
    return new Signature(
        names,
        defaults,
        met.contains("caller"),
        met.contains("varargs"),
        met.contains("kwargs"),
        body);
  }

  private void parameters(List<String> names, List<Expression> defaults) {
    while (!cursor.isOperator(")")) {
      if (!names.isEmpty()) {
        cursor.expectOperator(",");
      }
      Token name = cursor.expectName();
      names.add(name.text());
      if (cursor.skipOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw Syntax.expected("a default, as the parameter before has one,", cursor.peek());
      }
    }
    cursor.expectOperator(")");
  }
}
