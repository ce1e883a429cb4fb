package io.github.llm4j.runtime.family;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands in parentheses in a family file: reads config.json. Null is a value; a key that is
 * absent is none, and an error unless {@code or} follows it.
 */
sealed interface Expression {

  /** A number, a text, a truth value or null. */
  record Constant(@Nullable Object value) implements Expression {}

  /** A key of config.json, with dots for keys inside. */
  record Name(String path) implements Expression {}

  /** {@code length(x)}, {@code sqrt(x)}, or an element of a list: {@code layer_types(i)}. */
  record Call(String name, Expression argument) implements Expression {}

  /** Two operands: {@code or and is in < <= > >= + - * / %}. */
  record Binary(String operator, Expression left, Expression right) implements Expression {}

  /** {@code not x}. */
  record Not(Expression operand) implements Expression {}

  /** {@code then if condition else otherwise}. */
  record Choice(Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  /** What names stand for. */
  interface Scope {
    /** The value of a key, which may be null. */
    @Nullable Object get(String path);

    /** Whether the key is there, be it null. */
    boolean has(String path);
  }

  /** The value. */
  default @Nullable Object evaluate(Scope scope) {
    return switch (this) {
      case Constant constant -> constant.value();
      case Name name -> {
        if (!scope.has(name.path())) {
          throw new FamilyException("expected the key " + name.path() + ", found none");
        }
        yield scope.get(name.path());
      }
      case Not not -> !truth(not.operand().evaluate(scope));
      case Choice choice ->
          truth(choice.condition().evaluate(scope))
              ? choice.then().evaluate(scope)
              : choice.otherwise().evaluate(scope);
      case Call call -> call(call, scope);
      case Binary binary -> binary(binary, scope);
    };
  }

  private static @Nullable Object call(Call call, Scope scope) {
    Object argument = call.argument().evaluate(scope);
    return switch (call.name()) {
      case "length" ->
          argument == null
              ? null
              : (Object) (argument instanceof Map<?, ?> m ? m.size() : list(argument).size());
      case "sqrt" -> Math.sqrt(number(argument).doubleValue());
      default -> {
        Object values = scope.get(call.name());
        int at = number(argument).intValueExact();
        yield values == null || at < 0 || at >= list(values).size() ? null : list(values).get(at);
      }
    };
  }

  private static @Nullable Object binary(Binary binary, Scope scope) {
    if (binary.operator().equals("or")) {
      boolean absent = binary.left() instanceof Name name && !scope.has(name.path());
      Object left = absent ? null : binary.left().evaluate(scope);
      return left != null ? left : binary.right().evaluate(scope);
    }
    Object left = binary.left().evaluate(scope);
    if (binary.operator().equals("and")) {
      return truth(left) && truth(binary.right().evaluate(scope));
    }
    Object right = binary.right().evaluate(scope);
    return switch (binary.operator()) {
      case "is" -> same(left, right);
      case "in" -> right != null && list(right).stream().anyMatch(element -> same(element, left));
      default -> arithmetic(binary.operator(), number(left), number(right));
    };
  }

  private static Object arithmetic(String operator, BigDecimal x, BigDecimal y) {
    if (y.signum() == 0 && (operator.equals("/") || operator.equals("%"))) {
      throw new FamilyException(
          "expected a divisor other than 0, found " + x + " " + operator + " 0");
    }
    return switch (operator) {
      case "<" -> x.compareTo(y) < 0;
      case "<=" -> x.compareTo(y) <= 0;
      case ">" -> x.compareTo(y) > 0;
      case ">=" -> x.compareTo(y) >= 0;
      case "+" -> x.add(y);
      case "-" -> x.subtract(y);
      case "*" -> x.multiply(y);
      case "%" -> x.remainder(y);
      default -> divided(x, y);
    };
  }

  /** Whole numbers stay whole: a rest is an error, since sizes are divided. */
  private static Object divided(BigDecimal x, BigDecimal y) {
    if (whole(x) && whole(y)) {
      if (x.remainder(y).signum() != 0) {
        throw new FamilyException("expected a multiple of " + y + ", found " + x);
      }
      return x.divide(y);
    }
    return x.doubleValue() / y.doubleValue();
  }

  private static boolean whole(BigDecimal x) {
    return x.signum() == 0 || x.stripTrailingZeros().scale() <= 0;
  }

  private static BigDecimal number(@Nullable Object value) {
    if (value instanceof Number number) {
      return new BigDecimal(number.toString());
    }
    throw new FamilyException("expected a number, found " + value);
  }

  private static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new FamilyException("expected a list, found " + value);
  }

  /** What counts as true: true, a number other than 0, a list with elements, any text. */
  static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  /** Equality in which 1 is 1.0. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    return a instanceof Number x && b instanceof Number y
        ? new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())) == 0
        : Objects.equals(a, b);
  }
}
