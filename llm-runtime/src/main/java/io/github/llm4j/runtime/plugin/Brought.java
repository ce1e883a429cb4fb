package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.component.ComponentProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the jars of one class loader bring.
 *
 * @param entries components, in the order of their kinds
 * @param kernels kernels for others' backends
 * @param failures what could not be loaded, one sentence each
 */
record Brought(List<Entry> entries, List<KernelEntry> kernels, List<String> failures) {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /** Loads all of it. */
  static Brought by(
      ClassLoader loader, Collection<Kind> kinds, Function<Class<?>, Source> sources) {
    Brought brought = new Brought(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Kind kind : kinds) {
      new Discovery<>(loader, kind.name(), kind.provider(), sources)
          .run(
              (provider, source) ->
                  brought.add(kind, (ComponentProvider<?, ?, ?>) provider, source),
              brought.failures::add);
    }
    new Discovery<>(loader, "kernel", KernelProvider.class, sources)
        .run(
            (provider, source) ->
                brought.kernels.add(new KernelEntry(provider, provider.backend(), source)),
            brought.failures::add);
    return brought;
  }

  private void add(Kind kind, ComponentProvider<?, ?, ?> provider, Source source) {
    String type = provider.type();
    var _ = provider.settings().getRecordComponents(); // links the classes of the keys
    if (TYPE.matcher(type).matches()) {
      entries.add(new Entry(kind, type, provider, source));
    } else {
      failures.add(
          "%s (%s): expected a type of lower-case words joined by '-', found '%s'. Rename it."
              .formatted(provider.getClass().getName(), source, type));
    }
  }
}
