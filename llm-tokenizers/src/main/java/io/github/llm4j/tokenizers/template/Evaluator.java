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
import io.github.llm4j.tokenizers.template.Expression.Literal;
import io.github.llm4j.tokenizers.template.Expression.Mapping;
import io.github.llm4j.tokenizers.template.Expression.Name;
import io.github.llm4j.tokenizers.template.Expression.Not;
import io.github.llm4j.tokenizers.template.Expression.Sign;
import io.github.llm4j.tokenizers.template.Expression.Slice;
import io.github.llm4j.tokenizers.template.Expression.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of expressions. */
final class Evaluator {
  private final Run run;

  Evaluator(Run run) {
    this.run = run;
  }

  Object value(Expression expression, Scope scope) {
    run.enter();
    Object value = find(expression, scope);
    run.leave();
    return value;
  }

  boolean truth(Expression expression, Scope scope) {
    return Kinds.truth(value(expression, scope));
  }

  private Object find(Expression expression, Scope scope) {
    return switch (expression) {
      case Literal l -> l.value();
      case Name n -> name(n, scope);
      case Attribute a -> {
        Object of = value(a.of(), scope);
        run.at(a.line());
        yield Access.attribute(run, of, a.name());
      }
      case Item i -> {
        Object of = value(i.of(), scope);
        Object key = value(i.key(), scope);
        run.at(i.line());
        yield Access.item(run, of, key);
      }
      case Slice s -> slice(s, scope);
      case Call c -> call(c, Map.of(), scope);
      case Filter f -> filter(f, None.NONE, scope);
      case Test t -> {
        Object of = value(t.of(), scope);
        Arguments arguments = arguments(t.inputs(), scope);
        run.at(t.line());
        yield Tests.apply(run, t.name(), of, arguments);
      }
      case Chain c -> chain(c, scope);
      case Compare c -> compare(c, scope);
      case Concat c -> concat(c, scope);
      case Junction j -> junction(j, scope);
      case Not n -> !truth(n.of(), scope);
      case Sign s -> {
        Object of = value(s.of(), scope);
        run.at(s.line());
        yield s.minus() ? Arithmetic.negate(of) : Arithmetic.positive(of);
      }
      case Items i -> {
        List<Object> values = values(i.items(), scope);
        yield i.tuple() ? new Tuple(values) : values;
      }
      case Mapping m -> mapping(m, scope);
      case Conditional c -> conditional(c, scope);
    };
  }

  private static Object name(Name name, Scope scope) {
    Object value = scope.find(name.name());
    return value == null ? new Undefined("'" + name.name() + "'") : value;
  }

  private List<Object> values(List<Expression> expressions, Scope scope) {
    List<Object> values = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      values.add(value(expression, scope));
    }
    return values;
  }

  private Object mapping(Mapping mapping, Scope scope) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < mapping.keys().size(); i++) {
      Object key = value(mapping.keys().get(i), scope);
      Keys.put(run, values, key, value(mapping.values().get(i), scope));
    }
    return values;
  }

  private Object conditional(Conditional conditional, Scope scope) {
    if (truth(conditional.test(), scope)) {
      return value(conditional.then(), scope);
    }
    Expression otherwise = conditional.otherwise();
    return otherwise == null
        ? new Undefined("the value of an 'if' without 'else'")
        : value(otherwise, scope);
  }

  private Object slice(Slice slice, Scope scope) {
    Object of = value(slice.of(), scope);
    Object start = bound(slice.start(), scope);
    Object stop = bound(slice.stop(), scope);
    Object step = bound(slice.step(), scope);
    run.at(slice.line());
    return Sequences.slice(run, of, start, stop, step);
  }

  private Object bound(@Nullable Expression bound, Scope scope) {
    return bound == null ? None.NONE : value(bound, scope);
  }

  /** A call, with more named arguments than stand in it. */
  Object call(Call call, Map<String, Object> more, Scope scope) {
    Object callee = value(call.callee(), scope);
    Arguments arguments = arguments(call.inputs(), scope);
    if (!more.isEmpty()) {
      Map<String, Object> named = new LinkedHashMap<>(arguments.named());
      named.putAll(more);
      arguments = new Arguments(arguments.positional(), named);
    }
    run.at(call.line());
    return switch (callee) {
      case Invocable function -> function.call(run, arguments);
      case Undefined u ->
          throw new Fault(
              "something to call expected, found " + u.what() + ", which is undefined.");
      default -> throw Fault.expected("something to call", callee);
    };
  }

  /** A filter's result; the text of a filter block where the filter has nothing in front. */
  Object filter(Filter filter, Object block, Scope scope) {
    Expression of = filter.of();
    Object input;
    if (of == null) {
      input = block;
    } else if (of instanceof Filter inner) {
      run.enter();
      input = filter(inner, block, scope);
      run.leave();
    } else {
      input = value(of, scope);
    }
    Arguments arguments = arguments(filter.inputs(), scope);
    run.at(filter.line());
    return Filters.apply(run, filter.name(), input, arguments);
  }

  private Arguments arguments(Inputs inputs, Scope scope) {
    if (inputs.isEmpty()) {
      return Arguments.NONE;
    }
    List<Object> positional = values(inputs.positional(), scope);
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.names().size(); i++) {
      named.put(inputs.names().get(i), value(inputs.named().get(i), scope));
    }
    if (inputs.list() != null) {
      positional.addAll(Sequences.list(run, value(inputs.list(), scope)));
    }
    if (inputs.mapping() != null) {
      Object mapping = value(inputs.mapping(), scope);
      if (!(mapping instanceof Map<?, ?> more)) {
        throw Fault.expected("a mapping behind **", mapping);
      }
      more.forEach((key, value) -> named.put(Printer.text(run, key), value));
    }
    return new Arguments(positional, named);
  }

  private Object chain(Chain chain, Scope scope) {
    Object value = value(chain.first(), scope);
    for (int i = 0; i < chain.operators().size(); i++) {
      Object operand = value(chain.operands().get(i), scope);
      run.at(chain.line());
      value = Arithmetic.apply(run, chain.operators().get(i), value, operand);
    }
    return value;
  }

  private Object compare(Compare compare, Scope scope) {
    Object left = value(compare.first(), scope);
    for (int i = 0; i < compare.operators().size(); i++) {
      Object right = value(compare.operands().get(i), scope);
      run.at(compare.line());
      String operator = compare.operators().get(i);
      boolean holds =
          switch (operator) {
            case "in" -> Comparison.contains(run, right, left);
            case "not in" -> !Comparison.contains(run, right, left);
            default -> Comparison.holds(run, operator, left, right);
          };
      if (!holds) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Object concat(Concat concat, Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Expression part : concat.parts()) {
      text.append(Printer.text(run, value(part, scope)));
      run.fits(text.length());
    }
    run.room(text.length());
    return text.toString();
  }

  private Object junction(Junction junction, Scope scope) {
    Object value = None.NONE;
    for (Expression part : junction.parts()) {
      value = value(part, scope);
      if (Kinds.truth(value) != junction.and()) {
        return value;
      }
    }
    return value;
  }
}
