package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.component.ComponentProvider;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Loads the providers of one kind. One that can't be loaded is said and hides no other: classes
 * link lazily, so a missing dependency shows at any call.
 */
final class Discovery {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /** Broken lines in a row after which a services file is given up. */
  private static final int MAX_FAILURES = 100;

  private final ClassLoader loader;
  private final Kind kind;
  private final Sources sources;

  Discovery(ClassLoader loader, Kind kind, Sources sources) {
    this.loader = loader;
    this.kind = kind;
    this.sources = sources;
  }

  void run(Consumer<Entry> found, Consumer<String> failed) {
    Iterator<? extends ServiceLoader.Provider<?>> all =
        ServiceLoader.load(kind.provider(), loader).stream().iterator();
    int failures = 0;
    while (failures < MAX_FAILURES) {
      ServiceLoader.Provider<?> next;
      try {
        if (!all.hasNext()) {
          return;
        }
        next = all.next();
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        failed.accept(sentence("one of its providers", "its META-INF/services", e));
        continue;
      }
      Source source = null;
      try {
        source = sources.of(next.type());
        ComponentProvider<?, ?, ?> provider = (ComponentProvider<?, ?, ?>) next.get();
        String type = provider.type();
        if (!TYPE.matcher(type).matches()) {
          failed.accept(
              "%s (%s): expected a type of lower-case words joined by '-', found '%s'. Rename it."
                  .formatted(next.type().getName(), source, type));
          continue;
        }
        found.accept(new Entry(kind, type, provider, source));
      } catch (ServiceConfigurationError | LinkageError e) {
        String where = source == null ? "its jar" : source + ", " + source.location();
        failed.accept(sentence(nameOf(next), where, e));
      }
    }
  }

  private static String nameOf(ServiceLoader.Provider<?> provider) {
    try {
      return provider.type().getName();
    } catch (LinkageError e) {
      return "one of its providers";
    }
  }

  private String sentence(String provider, String where, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "%s of kind '%s' (%s): expected a class that loads, found %s. Update the plugin, or put the jars it needs beside it."
        .formatted(provider, kind.name(), where, root);
  }
}
