package io.github.llm4j.tokenizers.template;

import java.util.List;

/**
 * The keys, values or items of a mapping: can be looped over again and again, but not indexed.
 *
 * @param kind as Python prints it: {@code dict_keys}
 * @param items what lies in it
 */
record View(String kind, List<Object> items) {}
