package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values that layers of one pass share, as a relative-position bias that one block owns. */
public final class Shared {
  private final Map<String, Tensor> values = new HashMap<>();

  /** The value of this key, made at first use. */
  public Tensor value(String key, Supplier<Tensor> maker) {
    Tensor known = values.get(key);
    if (known == null) {
      known = maker.get();
      values.put(key, known);
    }
    return known;
  }
}
