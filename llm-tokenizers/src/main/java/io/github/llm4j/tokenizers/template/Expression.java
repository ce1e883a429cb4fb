package io.github.llm4j.tokenizers.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a template. Each knows its line, for messages. */
sealed interface Expression {

  int line();

  record Literal(Object value, int line) implements Expression {}

  record Name(String name, int line) implements Expression {}

  /** {@code [a, b]}, or {@code (a, b)} if it is a tuple. */
  record Items(boolean tuple, List<Expression> items, int line) implements Expression {}

  record Mapping(List<Expression> keys, List<Expression> values, int line) implements Expression {}

  /** {@code of.name}. */
  record Attribute(Expression of, String name, int line) implements Expression {}

  /** {@code of[key]}. */
  record Item(Expression of, Expression key, int line) implements Expression {}

  /** {@code of[start:stop:step]}. */
  record Slice(
      Expression of,
      @Nullable Expression start,
      @Nullable Expression stop,
      @Nullable Expression step,
      int line)
      implements Expression {}

  record Call(Expression callee, Inputs inputs, int line) implements Expression {}

  /** {@code of | name(inputs)}; in front of a filter block's text there is nothing. */
  record Filter(@Nullable Expression of, String name, Inputs inputs, int line)
      implements Expression {}

  /** {@code of is name(inputs)}. */
  record Test(Expression of, String name, Inputs inputs, int line) implements Expression {}

  record Not(Expression of, int line) implements Expression {}

  /** {@code -of} or {@code +of}. */
  record Sign(boolean minus, Expression of, int line) implements Expression {}

  /** {@code first op operand op operand}, from left to right: one level, however long it is. */
  record Chain(Expression first, List<String> operators, List<Expression> operands, int line)
      implements Expression {}

  /** The same for comparisons, all of which must hold. */
  record Compare(Expression first, List<String> operators, List<Expression> operands, int line)
      implements Expression {}

  /** {@code a ~ b ~ c}. */
  record Concat(List<Expression> parts, int line) implements Expression {}

  /** {@code a and b and c}, or the same with {@code or}. */
  record Junction(boolean and, List<Expression> parts, int line) implements Expression {}

  /** {@code then if test else otherwise}. */
  record Conditional(Expression test, Expression then, @Nullable Expression otherwise, int line)
      implements Expression {}

  /** What a call, filter or test is given. */
  record Inputs(
      List<Expression> positional,
      List<String> names,
      List<Expression> named,
      @Nullable Expression list,
      @Nullable Expression mapping) {
    static final Inputs NONE = new Inputs(List.of(), List.of(), List.of(), null, null);

    boolean isEmpty() {
      return positional.isEmpty() && named.isEmpty() && list == null && mapping == null;
    }
  }
}
