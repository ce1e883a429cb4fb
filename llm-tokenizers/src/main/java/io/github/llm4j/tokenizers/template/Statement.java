package io.github.llm4j.tokenizers.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a template. */
sealed interface Statement {

  record Text(String text) implements Statement {}

  /** {@code {{ value }}}. */
  record Output(Expression value) implements Statement {}

  record If(List<Expression> tests, List<List<Statement>> bodies, List<Statement> otherwise)
      implements Statement {}

  record For(
      Target target,
      Expression over,
      @Nullable Expression filter,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {}

  record Set(Target target, Expression value) implements Statement {}

  /** {@code {% set target | filters %}body{% endset %}}. */
  record SetBlock(Target target, @Nullable Expression filters, List<Statement> body)
      implements Statement {}

  record MacroDefinition(String name, Signature signature) implements Statement {}

  /** {@code {% call(parameters) macro() %}body{% endcall %}}. */
  record CallBlock(Expression.Call call, Signature signature) implements Statement {}

  record FilterBlock(Expression filters, List<Statement> body) implements Statement {}

  record With(List<Target> targets, List<Expression> values, List<Statement> body)
      implements Statement {}

  /** What the assistant says: {@code {% generation %}body{% endgeneration %}}. */
  record Generation(List<Statement> body) implements Statement {}

  record Break() implements Statement {}

  record Continue() implements Statement {}

  /** Where a value goes. */
  sealed interface Target {}

  record NameTarget(String name) implements Target {}

  record NamespaceTarget(String namespace, String attribute, int line) implements Target {}

  record TupleTarget(List<Target> targets, int line) implements Target {}

  /**
   * What a macro is given and does.
   *
   * @param defaults of the last parameters
   * @param caller whether the body names {@code caller}; the same for the other two
   */
  record Signature(
      List<String> parameters,
      List<Expression> defaults,
      boolean caller,
      boolean varargs,
      boolean kwargs,
      List<Statement> body) {}
}
