package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.Percent;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A key.
 *
 * @param name in kebab-case
 * @param component the record's component
 */
record Key(String name, RecordComponent component) {

  Type type() {
    return component.getGenericType();
  }

  boolean percent() {
    return component.isAnnotationPresent(Percent.class);
  }

  /** Default as HOCON, or null. */
  @Nullable String byDefault() {
    Default value = component.getAnnotation(Default.class);
    return value == null ? null : value.value();
  }

  /** What it means, or nothing. */
  String doc() {
    Doc doc = component.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  boolean optional() {
    return Keys.isOptional(Keys.raw(type()));
  }
}
