package io.github.llm4j.tokenizers.template;

import java.util.Map;

/**
 * A place for values that loops may change: {@code set ns.found = true}.
 *
 * @param values its attributes; may be changed
 */
record Namespace(Map<Object, Object> values) {}
