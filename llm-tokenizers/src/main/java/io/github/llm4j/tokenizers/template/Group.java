package io.github.llm4j.tokenizers.template;

import java.util.List;

/** What {@code groupby} gives: a pair whose parts have names, too. */
final class Group extends Tuple {

  Group(Object grouper, List<Object> list) {
    super(List.of(grouper, list));
  }
}
