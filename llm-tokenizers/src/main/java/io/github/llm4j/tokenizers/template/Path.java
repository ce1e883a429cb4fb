package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.List;

/** The {@code attribute} of filters: a name or number, or several with dots between them. */
final class Path {
  private final List<Object> parts = new ArrayList<>();
  private final Object otherwise;

  /** A path, and what stands for what isn't there; None if nothing does. */
  Path(Object attribute, Object otherwise) {
    this.otherwise = otherwise;
    if (!(attribute instanceof String text)) {
      parts.add(attribute);
      return;
    }
    for (String part : text.split("\\.", -1)) {
      boolean number =
          !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
      parts.add(number ? (Object) Long.valueOf(part) : part);
    }
  }

  Object of(Run run, Object item) {
    Object value = item;
    for (Object part : parts) {
      value = part == None.NONE ? value : Access.item(run, value, part);
      value = value instanceof Undefined && otherwise != None.NONE ? otherwise : value;
    }
    return value;
  }
}
