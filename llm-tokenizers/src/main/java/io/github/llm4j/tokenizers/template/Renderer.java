package io.github.llm4j.tokenizers.template;

import io.github.llm4j.tokenizers.template.Expression.Filter;
import io.github.llm4j.tokenizers.template.Statement.Break;
import io.github.llm4j.tokenizers.template.Statement.CallBlock;
import io.github.llm4j.tokenizers.template.Statement.Continue;
import io.github.llm4j.tokenizers.template.Statement.FilterBlock;
import io.github.llm4j.tokenizers.template.Statement.For;
import io.github.llm4j.tokenizers.template.Statement.Generation;
import io.github.llm4j.tokenizers.template.Statement.If;
import io.github.llm4j.tokenizers.template.Statement.MacroDefinition;
import io.github.llm4j.tokenizers.template.Statement.NameTarget;
import io.github.llm4j.tokenizers.template.Statement.NamespaceTarget;
import io.github.llm4j.tokenizers.template.Statement.Output;
import io.github.llm4j.tokenizers.template.Statement.Set;
import io.github.llm4j.tokenizers.template.Statement.SetBlock;
import io.github.llm4j.tokenizers.template.Statement.Target;
import io.github.llm4j.tokenizers.template.Statement.Text;
import io.github.llm4j.tokenizers.template.Statement.TupleTarget;
import io.github.llm4j.tokenizers.template.Statement.With;
import java.util.List;
import java.util.Map;

/** Carries out statements. */
final class Renderer {
  /** How a statement ended. */
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  private final Run run;
  private final Evaluator evaluator;

  Renderer(Run run) {
    this.run = run;
    this.evaluator = new Evaluator(run);
  }

  Evaluator evaluator() {
    return evaluator;
  }

  void render(List<Statement> body, Scope scope) {
    flow(body, scope);
  }

  private Flow flow(List<Statement> body, Scope scope) {
    for (Statement statement : body) {
      run.enter();
      Flow flow = one(statement, scope);
      run.leave();
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private Flow one(Statement statement, Scope scope) {
    switch (statement) {
      case Text t -> run.write(t.text());
      case Output o -> run.write(Printer.text(run, evaluator.value(o.value(), scope)));
      case If i -> {
        return choose(i, scope);
      }
      case For f -> loop(f, 0, evaluator.value(f.over(), scope), scope);
      case Set s -> assign(s.target(), evaluator.value(s.value(), scope), scope);
      case SetBlock s -> {
        Object text = run.capture(() -> render(s.body(), new Scope(scope)));
        Object value = s.filters() instanceof Filter f ? evaluator.filter(f, text, scope) : text;
        assign(s.target(), value, scope);
      }
      case MacroDefinition m ->
          scope.set(m.name(), new Macro(m.name(), m.signature(), this, scope));
      case CallBlock c -> {
        Macro caller = new Macro("caller", c.signature(), this, scope);
        Object text = evaluator.call(c.call(), Map.of("caller", caller), scope);
        run.write(Printer.text(run, text));
      }
      case FilterBlock f -> {
        Object text = run.capture(() -> render(f.body(), new Scope(scope)));
        run.write(Printer.text(run, evaluator.filter((Filter) f.filters(), text, scope)));
      }
      case With w -> {
        Scope inner = new Scope(scope);
        for (int i = 0; i < w.targets().size(); i++) {
          assign(w.targets().get(i), evaluator.value(w.values().get(i), scope), inner);
        }
        return flow(w.body(), inner);
      }
      case Generation g -> run.generate(() -> render(g.body(), new Scope(scope)));
      case Break b -> {
        return Flow.BREAK;
      }
      case Continue c -> {
        return Flow.CONTINUE;
      }
    }
    return Flow.NEXT;
  }

  private Flow choose(If choice, Scope scope) {
    for (int i = 0; i < choice.tests().size(); i++) {
      if (evaluator.truth(choice.tests().get(i), scope)) {
        return flow(choice.bodies().get(i), scope);
      }
    }
    return flow(choice.otherwise(), scope);
  }

  /** A loop; one inside a recursive loop's own call has a greater depth. */
  private void loop(For statement, int depth, Object over, Scope scope) {
    Expression filter = statement.filter();
    Loop loop =
        new Loop(
            run,
            over,
            depth,
            item -> {
              if (filter == null) {
                return true;
              }
              Scope test = new Scope(scope);
              assign(statement.target(), item, test);
              return evaluator.truth(filter, test);
            },
            statement.recursive()
                ? items -> run.capture(() -> recurse(statement, depth + 1, items, scope))
                : null);
    boolean any = false;
    while (loop.next()) {
      any = true;
      run.step();
      Scope inner = new Scope(scope);
      inner.set("loop", loop);
      assign(statement.target(), loop.item(), inner);
      if (flow(statement.body(), inner) == Flow.BREAK) {
        break;
      }
    }
    if (!any) {
      render(statement.otherwise(), new Scope(scope));
    }
  }

  private void recurse(For statement, int depth, Object items, Scope scope) {
    run.enter();
    loop(statement, depth, items, scope);
    run.leave();
  }

  private void assign(Target target, Object value, Scope scope) {
    switch (target) {
      case NameTarget n -> scope.set(n.name(), value);
      case NamespaceTarget n -> {
        run.at(n.line());
        if (!(scope.find(n.namespace()) instanceof Namespace namespace)) {
          throw new Fault("a namespace '%s' expected, found none.".formatted(n.namespace()));
        }
        namespace.values().put(n.attribute(), value);
      }
      case TupleTarget t -> {
        run.at(t.line());
        List<Object> values = Sequences.list(run, value);
        if (values.size() != t.targets().size()) {
          throw Fault.expected("%d values to assign".formatted(t.targets().size()), value);
        }
        for (int i = 0; i < values.size(); i++) {
          assign(t.targets().get(i), values.get(i), scope);
        }
      }
    }
  }
}
