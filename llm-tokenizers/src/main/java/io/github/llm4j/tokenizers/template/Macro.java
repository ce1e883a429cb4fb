package io.github.llm4j.tokenizers.template;

import io.github.llm4j.tokenizers.template.Statement.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A macro, or the body of a call block. It sees the names of where it was defined as they are when
 * it is called.
 *
 * @param renderer carries out its body
 * @param scope where it was defined
 */
record Macro(String name, Signature signature, Renderer renderer, Scope scope)
    implements Invocable {

  String shown() {
    return "'" + name + "'";
  }

  @Override
  public Object call(Run run, Arguments arguments) {
    run.enter();
    Scope inner = new Scope(scope);
    List<String> parameters = signature.parameters();
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    int given = Math.min(arguments.positional().size(), parameters.size());
    for (int i = 0; i < given; i++) {
      inner.set(parameters.get(i), arguments.positional().get(i));
    }
    int line = run.line();
    for (int i = given; i < parameters.size(); i++) {
      inner.set(parameters.get(i), missing(i, named, inner));
    }
    run.at(line);
    spare(arguments, named, inner);
    String text = run.capture(() -> renderer.render(signature.body(), inner));
    run.leave();
    run.at(line);
    return text;
  }

  /** A parameter without a positional argument. */
  private Object missing(int index, Map<String, Object> named, Scope inner) {
    String parameter = signature.parameters().get(index);
    Object value = named.remove(parameter);
    if (value != null) {
      return value;
    }
    int first = signature.parameters().size() - signature.defaults().size();
    return index < first
        ? new Undefined("parameter '" + parameter + "' of " + name)
        : renderer.evaluator().value(signature.defaults().get(index - first), inner);
  }

  private void spare(Arguments arguments, Map<String, Object> named, Scope inner) {
    List<String> parameters = signature.parameters();
    if (signature.caller() && !parameters.contains("caller")) {
      Object caller = named.remove("caller");
      inner.set("caller", caller == null ? new Undefined("the caller of " + name) : caller);
    }
    if (signature.kwargs()) {
      inner.set("kwargs", new LinkedHashMap<Object, Object>(named));
    } else if (!named.isEmpty()) {
      throw new Fault(
          "arguments of macro %s with one of the names %s expected, found %s=."
              .formatted(name, parameters, named.keySet().iterator().next()));
    }
    List<Object> positional = arguments.positional();
    int taken = Math.min(parameters.size(), positional.size());
    if (signature.varargs()) {
      inner.set("varargs", new Tuple(positional.subList(taken, positional.size())));
    } else if (positional.size() > taken) {
      throw new Fault(
          "at most %d arguments expected for macro %s, found %d."
              .formatted(parameters.size(), name, positional.size()));
    }
  }
}
