package io.github.llm4j.tokenizers.template;

/** What a template can call: a macro, a method of a value, a function of the engine. */
interface Invocable {

  /** What messages and prints call it. */
  String name();

  /** Calls it. */
  Object call(Run run, Arguments arguments);

  /** A function by its name and what it does. */
  static Invocable of(String name, Body body) {
    return new Invocable() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Object call(Run run, Arguments arguments) {
        return body.call(run, arguments);
      }
    };
  }

  /** What a function does. */
  @FunctionalInterface
  interface Body {
    Object call(Run run, Arguments arguments);
  }
}
