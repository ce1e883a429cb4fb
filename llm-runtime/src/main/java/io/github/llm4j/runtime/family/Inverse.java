package io.github.llm4j.runtime.family;

import io.github.llm4j.runtime.family.Expression.Binary;
import io.github.llm4j.runtime.family.Expression.Choice;
import io.github.llm4j.runtime.family.Expression.Constant;
import io.github.llm4j.runtime.family.Expression.Name;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Expressions read backwards: which key of config.json gives a value. */
final class Inverse {
  private Inverse() {}

  /** Whether the expression has the value already, by defaults or by what was assigned. */
  static boolean holds(Expression expression, @Nullable Object value, ConfigKeys keys) {
    try {
      return Expression.same(expression.evaluate(keys), value);
    } catch (FamilyException e) {
      return false; // it reads a key that nothing has given yet
    }
  }

  /** Assigns a key so that the expression gets the value; false if there is no such key. */
  static boolean solve(Expression expression, @Nullable Object value, ConfigKeys keys) {
    return switch (expression) {
      case Name name -> keys.assign(name.path(), value);
      case Binary b when b.operator().equals("or") ->
          solve(b.left(), value, keys) || solve(b.right(), value, keys);
      case Binary b when value instanceof Number number -> arithmetic(b, number, keys);
      case Choice choice ->
          solve(choice.then(), value, keys) || solve(choice.otherwise(), value, keys);
      default -> holds(expression, value, keys);
    };
  }

  /** {@code + - * /} with a constant at one side. */
  private static boolean arithmetic(Binary b, Number value, ConfigKeys keys) {
    BigDecimal result = new BigDecimal(value.toString());
    if (b.right() instanceof Constant(BigDecimal y)) {
      return switch (b.operator()) {
        case "+" -> solve(b.left(), result.subtract(y), keys);
        case "-" -> solve(b.left(), result.add(y), keys);
        case "/" -> solve(b.left(), result.multiply(y), keys);
        case "*" -> solve(b.left(), result.divide(y, MathContext.DECIMAL64), keys);
        default -> holds(b, value, keys);
      };
    }
    if (b.left() instanceof Constant(BigDecimal x)) {
      return switch (b.operator()) {
        case "+" -> solve(b.right(), result.subtract(x), keys);
        case "-" -> solve(b.right(), x.subtract(result), keys);
        case "*" -> solve(b.right(), result.divide(x, MathContext.DECIMAL64), keys);
        default -> holds(b, value, keys);
      };
    }
    return holds(b, value, keys);
  }
}
