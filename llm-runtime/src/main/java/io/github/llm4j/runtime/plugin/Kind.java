package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.component.ComponentProvider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A kind of component.
 *
 * @param name what messages call it, as {@code layer}
 * @param provider its interface, as {@code LayerProvider}: extends ComponentProvider and fixes what
 *     is built
 */
public record Kind(String name, Class<?> provider) {

  /** Refuses an interface that isn't one of providers. */
  public Kind {
    if (!ComponentProvider.class.isAssignableFrom(provider)) {
      throw new IllegalArgumentException(
          "kind '" + name + "': expected an interface of providers, found " + provider.getName());
    }
  }

  /** What providers of this kind build, as {@code Layer}. */
  public Class<?> built() {
    for (Type type : provider.getGenericInterfaces()) {
      if (type instanceof ParameterizedType p
          && p.getRawType() == ComponentProvider.class
          && p.getActualTypeArguments()[0] instanceof Class<?> built) {
        return built;
      }
    }
    throw new IllegalArgumentException(
        provider.getName() + " must extend ComponentProvider and fix what is built");
  }

  /** The name with its article, as {@code an optimizer}. */
  public String withArticle() {
    return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }
}
