package io.github.llm4j.tokenizers.template;

import io.github.llm4j.tokenizers.template.Expression.Items;
import io.github.llm4j.tokenizers.template.Expression.Literal;
import io.github.llm4j.tokenizers.template.Expression.Mapping;
import io.github.llm4j.tokenizers.template.Expression.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names, literals, and what stands in brackets. */
final class PrimaryParser {
  private final Cursor cursor;
  private final ExpressionParser expressions;

  /** Names that were met since the set was last replaced: macros ask for three of them. */
  private Set<String> met = new HashSet<>();

  PrimaryParser(Cursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /** Collects names into another set; returns the one of before. */
  Set<String> collect(Set<String> names) {
    Set<String> before = met;
    met = names;
    return before;
  }

  Expression primary() {
    Token token = cursor.next();
    return switch (token.kind()) {
      case NAME -> name(token);
      case NUMBER -> new Literal(token.value(), token.line());
      case STRING -> text(token);
      case OPERATOR -> brackets(token);
      default -> throw Syntax.expected("an expression", token);
    };
  }

  /** Several texts in quotes behind each other are one. */
  private Expression text(Token first) {
    StringBuilder text = new StringBuilder(first.text());
    while (cursor.peek().kind() == TokenKind.STRING) {
      text.append(cursor.next().text());
    }
    return new Literal(text.toString(), first.line());
  }

  private Expression brackets(Token open) {
    return switch (open.text()) {
      case "(" -> parentheses(open);
      case "[" -> list(open);
      case "{" -> mapping(open);
      default -> throw Syntax.expected("an expression", open);
    };
  }

  private Expression name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Literal(true, token.line());
      case "false", "False" -> new Literal(false, token.line());
      case "none", "None" -> new Literal(None.NONE, token.line());
      default -> {
        met.add(token.text());
        yield new Name(token.text(), token.line());
      }
    };
  }

  private Expression parentheses(Token open) {
    if (cursor.skipOperator(")")) {
      return new Items(true, List.of(), open.line());
    }
    Expression inside = expressions.tuple(true, null);
    cursor.expectOperator(")");
    return inside;
  }

  private Expression list(Token open) {
    List<Expression> items = new ArrayList<>();
    while (!cursor.isOperator("]")) {
      items.add(expressions.expression());
      if (!cursor.skipOperator(",")) {
        break;
      }
    }
    cursor.expectOperator("]");
    return new Items(false, items, open.line());
  }

  private Expression mapping(Token open) {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!cursor.isOperator("}")) {
      keys.add(expressions.expression());
      cursor.expectOperator(":");
      values.add(expressions.expression());
      if (!cursor.skipOperator(",")) {
        break;
      }
    }
    cursor.expectOperator("}");
    return new Mapping(keys, values, open.line());
  }
}
