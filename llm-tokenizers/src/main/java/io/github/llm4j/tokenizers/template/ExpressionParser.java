package io.github.llm4j.tokenizers.template;

import io.github.llm4j.tokenizers.template.Expression.Attribute;
import io.github.llm4j.tokenizers.template.Expression.Call;
import io.github.llm4j.tokenizers.template.Expression.Chain;
import io.github.llm4j.tokenizers.template.Expression.Compare;
import io.github.llm4j.tokenizers.template.Expression.Concat;
import io.github.llm4j.tokenizers.template.Expression.Conditional;
import io.github.llm4j.tokenizers.template.Expression.Filter;
import io.github.llm4j.tokenizers.template.Expression.Inputs;
import io.github.llm4j.tokenizers.template.Expression.Item;
import io.github.llm4j.tokenizers.template.Expression.Items;
import io.github.llm4j.tokenizers.template.Expression.Junction;
import io.github.llm4j.tokenizers.template.Expression.Not;
import io.github.llm4j.tokenizers.template.Expression.Sign;
import io.github.llm4j.tokenizers.template.Expression.Slice;
import io.github.llm4j.tokenizers.template.Expression.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Expressions with Jinja's precedence, from loose to tight: if-else, or, and, not, comparisons,
 * {@code + -}, {@code ~}, {@code * / // %}, {@code **}, signs, then calls, filters and tests.
 */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Cursor cursor;
  private final PrimaryParser primaries;

  ExpressionParser(Cursor cursor) {
    this.cursor = cursor;
    this.primaries = new PrimaryParser(cursor, this);
  }

  PrimaryParser primaries() {
    return primaries;
  }

  /** One expression. */
  Expression expression() {
    return expression(true);
  }

  Expression expression(boolean conditional) {
    cursor.enter();
    Expression result = or();
    int levels = 1;
    while (conditional && cursor.isName("if")) {
      cursor.enter();
      levels++;
      int line = cursor.next().line();
      Expression test = or();
      Expression otherwise = cursor.skipName("else") ? expression() : null;
      result = new Conditional(test, result, otherwise, line);
    }
    cursor.leave(levels);
    return result;
  }

  /** One expression, or several with commas between them, which make a tuple. */
  Expression tuple(boolean conditional, @Nullable String end) {
    int line = cursor.peek().line();
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    while (!endsTuple(end)) {
      items.add(expression(conditional));
      if (!cursor.skipOperator(",")) {
        break;
      }
      comma = true;
    }
    if (items.isEmpty()) {
      throw Syntax.expected("an expression", cursor.peek());
    }
    return comma ? new Items(true, items, line) : items.getFirst();
  }

  boolean endsTuple(@Nullable String end) {
    TokenKind kind = cursor.peek().kind();
    return kind == TokenKind.OUTPUT_END
        || kind == TokenKind.TAG_END
        || cursor.isOperator(")")
        || end != null && cursor.isName(end);
  }

  private Expression or() {
    return junction("or", this::and);
  }

  private Expression and() {
    return junction("and", this::not);
  }

  private Expression junction(String word, Supplier<Expression> part) {
    int line = cursor.peek().line();
    Expression first = part.get();
    if (!cursor.isName(word)) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (cursor.skipName(word)) {
      parts.add(part.get());
    }
    return new Junction(word.equals("and"), parts, line);
  }

  private Expression not() {
    int line = cursor.peek().line();
    int count = 0;
    while (cursor.skipName("not")) {
      count++;
    }
    Expression result = compare();
    // An even number of them still makes a boolean of any value.
    for (int i = count == 0 ? 2 : count % 2; i < 2; i++) {
      result = new Not(result, line);
    }
    return result;
  }

  private Expression compare() {
    int line = cursor.peek().line();
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    while (true) {
      Token token = cursor.peek();
      if (token.kind() == TokenKind.OPERATOR && COMPARISONS.contains(token.text())) {
        operators.add(cursor.next().text());
      } else if (cursor.skipName("in")) {
        operators.add("in");
      } else if (cursor.isNameThen("not", "in")) {
        cursor.next();
        cursor.next();
        operators.add("not in");
      } else {
        break;
      }
      operands.add(sum());
    }
    return operators.isEmpty() ? first : new Compare(first, operators, operands, line);
  }

  private Expression sum() {
    return chain(Set.of("+", "-"), this::concat);
  }

  private Expression concat() {
    int line = cursor.peek().line();
    Expression first = product();
    if (!cursor.isOperator("~")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (cursor.skipOperator("~")) {
      parts.add(product());
    }
    return new Concat(parts, line);
  }

  private Expression product() {
    return chain(Set.of("*", "/", "//", "%"), this::power);
  }

  /** Jinja takes {@code a ** b ** c} from the left, unlike Python. */
  private Expression power() {
    return chain(Set.of("**"), () -> unary(true));
  }

  private Expression chain(Set<String> operators, Supplier<Expression> operand) {
    int line = cursor.peek().line();
    Expression first = operand.get();
    List<String> found = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    while (cursor.peek().kind() == TokenKind.OPERATOR && operators.contains(cursor.peek().text())) {
      found.add(cursor.next().text());
      operands.add(operand.get());
    }
    return found.isEmpty() ? first : new Chain(first, found, operands, line);
  }

  private Expression unary(boolean filters) {
    Token token = cursor.peek();
    Expression result;
    if (cursor.isOperator("-") || cursor.isOperator("+")) {
      cursor.enter();
      cursor.next();
      result = new Sign(token.text().equals("-"), unary(false), token.line());
      cursor.leave(1);
    } else {
      result = primaries.primary();
    }
    return postfix(result, filters);
  }

  /**
   * What follows a value: {@code .name}, {@code [key]}, {@code (...)}, {@code |filter}, {@code is}.
   */
  Expression postfix(Expression value, boolean filters) {
    Expression result = value;
    int levels = 0;
    boolean filtered = false;
    while (true) {
      boolean access = !filtered && (cursor.isOperator(".") || cursor.isOperator("["));
      boolean filter = filters && (cursor.isOperator("|") || cursor.isName("is"));
      if (!access && !filter && !cursor.isOperator("(")) {
        cursor.leave(levels);
        return result;
      }
      cursor.enter();
      levels++;
      filtered |= filter;
      int line = cursor.peek().line();
      if (filter) {
        result = cursor.isName("is") ? test(result) : filter(result);
      } else if (cursor.isOperator("(")) {
        result = new Call(result, inputs(), line);
      } else if (cursor.skipOperator(".")) {
        result = attribute(result, line);
      } else {
        result = subscript(result, line);
      }
    }
  }

  private Expression attribute(Expression of, int line) {
    Token name = cursor.next();
    if (name.kind() == TokenKind.NUMBER && name.value() instanceof Long) {
      return new Item(of, new Expression.Literal(name.value(), line), line);
    }
    if (name.kind() != TokenKind.NAME) {
      throw Syntax.expected("a name behind '.'", name);
    }
    return new Attribute(of, name.text(), line);
  }

  private Expression subscript(Expression of, int line) {
    cursor.expectOperator("[");
    Expression start = cursor.isOperator(":") ? null : expression();
    if (start != null && cursor.isOperator(",")) {
      List<Expression> keys = new ArrayList<>(List.of(start));
      while (cursor.skipOperator(",")) {
        keys.add(expression());
      }
      start = new Items(true, keys, line);
    } else if (cursor.skipOperator(":")) {
      Expression stop = cursor.isOperator(":") || cursor.isOperator("]") ? null : expression();
      boolean more = cursor.skipOperator(":") && !cursor.isOperator("]");
      Expression step = more ? expression() : null;
      cursor.expectOperator("]");
      return new Slice(of, start, stop, step, line);
    }
    if (start == null) {
      throw Syntax.expected("a key", cursor.peek());
    }
    cursor.expectOperator("]");
    return new Item(of, start, line);
  }

  /** A filter behind {@code |}. */
  private Expression filter(Expression of) {
    cursor.expectOperator("|");
    return namedFilter(of);
  }

  /** A filter that begins with its name, and its inputs. */
  Expression namedFilter(@Nullable Expression of) {
    int line = cursor.peek().line();
    String name = dotted();
    return new Filter(of, name, cursor.isOperator("(") ? inputs() : Inputs.NONE, line);
  }

  private String dotted() {
    StringBuilder name = new StringBuilder(cursor.expectName().text());
    while (cursor.skipOperator(".")) {
      name.append('.').append(cursor.expectName().text());
    }
    return name.toString();
  }

  private Expression test(Expression of) {
    int line = cursor.next().line();
    boolean negated = cursor.skipName("not");
    String name = dotted();
    Inputs inputs = Inputs.NONE;
    if (cursor.isOperator("(")) {
      inputs = inputs();
    } else if (beginsOperand()) {
      if (cursor.isName("is")) {
        throw Syntax.expected("one test", cursor.peek());
      }
      Expression operand = postfix(primaries.primary(), false);
      inputs = new Inputs(List.of(operand), List.of(), List.of(), null, null);
    }
    Expression test = new Test(of, name, inputs, line);
    return negated ? new Not(test, line) : test;
  }

  private boolean beginsOperand() {
    return switch (cursor.peek().kind()) {
      case NAME -> !Set.of("else", "or", "and").contains(cursor.peek().text());
      case STRING, NUMBER -> true;
      default -> cursor.isOperator("[") || cursor.isOperator("{");
    };
  }

  /** What stands in a call's parentheses. */
  Inputs inputs() {
    cursor.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Expression> named = new ArrayList<>();
    Expression list = null;
    Expression mapping = null;
    while (!cursor.isOperator(")")) {
      Token token = cursor.peek();
      if (list == null && mapping == null && cursor.skipOperator("*")) {
        list = expression();
      } else if (mapping == null && cursor.skipOperator("**")) {
        mapping = expression();
      } else if (mapping == null && cursor.isNameThenOperator("=")) {
        names.add(cursor.next().text());
        cursor.expectOperator("=");
        named.add(expression());
      } else if (names.isEmpty() && list == null && mapping == null) {
        positional.add(expression());
      } else {
        throw Syntax.expected("arguments without a name before those with one", token);
      }
      if (!cursor.skipOperator(",")) {
        break;
      }
    }
    cursor.expectOperator(")");
    return new Inputs(positional, names, named, list, mapping);
  }
}
