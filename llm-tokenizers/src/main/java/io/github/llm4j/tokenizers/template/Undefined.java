package io.github.llm4j.tokenizers.template;

/**
 * What a name or an attribute without a value gives: prints as nothing, is false and empty, and may
 * not be used otherwise.
 *
 * @param what what was looked for, as a message says it
 */
record Undefined(String what) {

  static Undefined attribute(Object of, Object name) {
    return new Undefined(Kinds.show(name) + " of " + Kinds.show(of));
  }

  Fault fault() {
    return new Fault("a value expected, found " + what + ", which is undefined.");
  }
}
