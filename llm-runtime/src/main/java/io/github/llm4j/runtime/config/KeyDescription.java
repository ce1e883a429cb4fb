package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.ComponentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a settings record says of one of its keys; for listings and reference pages.
 *
 * @param key dotted path in kebab-case
 * @param expected what its value is, as {@code a whole number}
 * @param byDefault its default as HOCON; empty if it must be set or may be absent
 * @param required whether it must be set
 * @param meaning one sentence, or empty
 */
public record KeyDescription(
    String key, String expected, Optional<String> byDefault, boolean required, String meaning) {

  /** All keys of a record in its order; records inside it are walked, components are named. */
  public static List<KeyDescription> of(Class<? extends Record> settings) {
    List<KeyDescription> all = new ArrayList<>();
    collect("", settings, all);
    return all;
  }

  private static void collect(String prefix, Class<?> settings, List<KeyDescription> all) {
    for (Key key : Keys.of(settings)) {
      Class<?> raw = Keys.raw(key.type());
      String byDefault = key.byDefault();
      if (raw.isRecord() && raw != ComponentSpec.class) {
        collect(prefix + key.name() + ".", raw, all);
      } else {
        all.add(
            new KeyDescription(
                prefix + key.name(),
                Keys.expected(key.type(), key.percent()),
                Optional.ofNullable(byDefault),
                byDefault == null && !key.optional(),
                key.doc()));
      }
    }
  }
}
