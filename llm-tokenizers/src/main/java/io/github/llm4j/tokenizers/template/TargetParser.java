package io.github.llm4j.tokenizers.template;

import io.github.llm4j.tokenizers.template.Statement.NameTarget;
import io.github.llm4j.tokenizers.template.Statement.NamespaceTarget;
import io.github.llm4j.tokenizers.template.Statement.Target;
import io.github.llm4j.tokenizers.template.Statement.TupleTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code set}, {@code for} and {@code with} assign to. */
final class TargetParser {
  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");

  private final Cursor cursor;
  private final ExpressionParser expressions;

  TargetParser(Cursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /**
   * A name, or several with commas between them.
   *
   * @param end a name that ends the list
   * @param namespace whether {@code name.attribute} is allowed, too
   */
  Target target(@Nullable String end, boolean namespace) {
    int line = cursor.peek().line();
    List<Target> targets = new ArrayList<>();
    boolean comma = false;
    while (!expressions.endsTuple(end)) {
      targets.add(one(namespace));
      if (!cursor.skipOperator(",")) {
        break;
      }
      comma = true;
    }
    if (targets.isEmpty()) {
      throw Syntax.expected("a name", cursor.peek());
    }
    return comma ? new TupleTarget(targets, line) : targets.getFirst();
  }

  private Target one(boolean namespace) {
    if (cursor.skipOperator("(")) {
      cursor.enter();
      Target inside = target(null, namespace);
      cursor.expectOperator(")");
      cursor.leave(1);
      return inside;
    }
    Token name = cursor.expectName();
    if (CONSTANTS.contains(name.text())) {
      throw Syntax.expected("a name to assign to", name);
    }
    if (namespace && cursor.skipOperator(".")) {
      return new NamespaceTarget(name.text(), cursor.expectName().text(), name.line());
    }
    return new NameTarget(name.text());
  }
}
