package io.github.llm4j.runtime.plugin;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Loads the providers of one service. One that can't be loaded is said and hides no other: classes
 * link lazily, so a missing dependency shows at any call.
 *
 * @param loader what the providers come from
 * @param kind what messages call the service
 * @param service interface of the providers
 * @param sources says where a class comes from
 */
record Discovery<P>(
    ClassLoader loader, String kind, Class<P> service, Function<Class<?>, Source> sources) {

  /** Broken lines in a row after which a services file is given up. */
  private static final int MAX_FAILURES = 100;

  /** A provider that could be made. */
  interface Found<P> {
    /** Takes it; a type that can't link is a failure of this provider. */
    void accept(P provider, Source source);
  }

  void run(Found<P> found, Consumer<String> failed) {
    Iterator<ServiceLoader.Provider<P>> all =
        ServiceLoader.load(service, loader).stream().iterator();
    int failures = 0;
    while (failures < MAX_FAILURES) {
      ServiceLoader.Provider<P> next;
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
        source = sources.apply(next.type());
        found.accept(next.get(), source);
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
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
    return "%s of kind '%s' (%s): expected a class that loads, found %s. %s"
        .formatted(provider, kind, where, PluginFault.root(cause), PluginFault.remedy(cause));
  }
}
