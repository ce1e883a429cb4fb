package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.component.ComponentProvider;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All components that a config can name, by kind and type. Made once, in the composition root;
 * there is no registry of the process.
 */
public final class Registry {
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<String, NavigableMap<String, Entry>> entries = new LinkedHashMap<>();
  private final Sources sources = new Sources();
  private final List<KernelEntry> kernels = new ArrayList<>();
  private final List<Plugin> plugins = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private Registry(Collection<Kind> kinds) {
    for (Kind kind : kinds) {
      this.kinds.put(kind.name(), kind);
      entries.put(kind.name(), new TreeMap<>());
    }
  }

  /**
   * Finds the providers that jars on a class path declare in {@code META-INF/services}.
   *
   * @throws LlmException if two providers have one kind and type: it names both jars
   */
  public static Registry of(ClassLoader loader, List<Kind> kinds) {
    return of(loader, kinds, Plugins.none());
  }

  /**
   * Finds the providers on a class path and those of plugins.
   *
   * @param plugins one that can't be loaded, or brings what another brings too, is refused
   * @throws LlmException if two providers on the class path have one kind and type
   */
  public static Registry of(ClassLoader loader, List<Kind> kinds, Plugins plugins) {
    Registry registry = new Registry(kinds);
    Brought brought = Brought.by(loader, kinds, registry.sources::of);
    brought.entries().forEach(registry::add);
    registry.kernels.addAll(brought.kernels());
    registry.failures.addAll(brought.failures());
    registry.failures.addAll(plugins.refused());
    Admission admission = new Admission(registry, plugins.plugins());
    admission.admitted().forEach(registry::add);
    registry.failures.addAll(admission.refused());
    return registry;
  }

  /**
   * A registry of given providers, for applications and tests that find none by themselves.
   *
   * @throws LlmException if two providers have one kind and type
   */
  public static Registry of(
      List<Kind> kinds, List<? extends ComponentProvider<?, ?, ?>> providers) {
    Registry registry = new Registry(kinds);
    for (ComponentProvider<?, ?, ?> provider : providers) {
      for (Kind kind : kinds) {
        if (kind.provider().isInstance(provider)) {
          registry.add(
              new Entry(kind, provider.type(), provider, registry.sources.of(provider.getClass())));
        }
      }
    }
    return registry;
  }

  private void add(Entry entry) {
    Entry other = types(entry.kind()).putIfAbsent(entry.type(), entry);
    if (other != null && other.provider().getClass() != entry.provider().getClass()) {
      throw new LlmException(
          ErrorKind.PLUGIN, "plugins: " + two(other, entry) + " Remove one of the jars.");
    }
  }

  private void add(Plugin plugin, Brought brought) {
    plugins.add(plugin);
    brought.entries().forEach(this::add);
    kernels.addAll(brought.kernels());
  }

  /** Where a plugin's class comes from: the jar of its folder that holds it. */
  Source source(Plugin plugin, Class<?> type) {
    return new Source(plugin.name(), plugin.version(), sources.of(type).location());
  }

  /** What is said of two providers of one type. */
  static String two(Entry one, Entry other) {
    return "expected one %s called '%s', found two: %s in %s (%s) and %s in %s (%s)."
        .formatted(
            one.kind().name(),
            one.type(),
            one.provider().getClass().getName(),
            one.source().location(),
            one.source(),
            other.provider().getClass().getName(),
            other.source().location(),
            other.source());
  }

  /** The kinds. */
  public List<Kind> kinds() {
    return List.copyOf(kinds.values());
  }

  /** The kind of this name, as {@code layer}. */
  public Optional<Kind> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** The kind whose providers build this class, as {@code Layer}. */
  public Optional<Kind> kindBuilding(Class<?> built) {
    return kinds.values().stream().filter(k -> k.built() == built).findFirst();
  }

  /** All components of a kind, by type. */
  public List<Entry> entries(Kind kind) {
    return List.copyOf(types(kind).values());
  }

  /** All components. */
  public List<Entry> entries() {
    return entries.values().stream().flatMap(m -> m.values().stream()).toList();
  }

  /** A component, if there is one. */
  public Optional<Entry> find(Kind kind, String type) {
    return Optional.ofNullable(types(kind).get(type));
  }

  /**
   * A component.
   *
   * @throws LlmException if there is none of this type: it names the nearest and all that are known
   */
  public Entry require(Kind kind, String type) {
    return find(kind, type)
        .orElseThrow(() -> new LlmException(ErrorKind.USER, unknown(kind, type)));
  }

  /**
   * All providers of an interface, as {@code providers(BackendProvider.class)}.
   *
   * @param provider interface of a kind of this registry
   */
  public <P> List<P> providers(Class<P> provider) {
    return kinds.values().stream()
        .filter(k -> k.provider() == provider)
        .flatMap(k -> types(k).values().stream())
        .map(e -> provider.cast(e.provider()))
        .toList();
  }

  /** Kernels that jars add to others' backends. */
  public List<KernelEntry> kernels() {
    return List.copyOf(kernels);
  }

  /** The plugins whose components are here. */
  public List<Plugin> plugins() {
    return List.copyOf(plugins);
  }

  /** Plugins that are refused, and providers that could not be loaded, one sentence each. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** What is said of a type that no provider has: two lines or more. */
  public String unknown(Kind kind, String type) {
    StringBuilder text = new StringBuilder();
    text.append("no ").append(kind.name()).append(" is called '").append(type).append("'.");
    text.append(Names.didYouMean(type, types(kind).keySet()));
    text.append("\nKnown: ").append(known(kind));
    text.append(". A plugin's ").append(kind.name());
    text.append(" needs its jar in plugins/ or on the class path.");
    for (String failure : failures) {
      text.append("\nNot loaded: ").append(failure);
    }
    return text.toString();
  }

  /** {@code layer-norm, rms-norm (llm-layers 0.1.0), gated (acme 1.2)}. */
  private String known(Kind kind) {
    Map<Source, List<Entry>> bySource =
        types(kind).values().stream()
            .sorted(Comparator.comparing((Entry e) -> e.source().toString()))
            .collect(Collectors.groupingBy(Entry::source, LinkedHashMap::new, Collectors.toList()));
    if (bySource.isEmpty()) {
      return "none";
    }
    return bySource.entrySet().stream()
        .map(
            e ->
                Names.list(e.getValue().stream().map(Entry::type).toList())
                    + " ("
                    + e.getKey()
                    + ")")
        .collect(Collectors.joining(", "));
  }

  private NavigableMap<String, Entry> types(Kind kind) {
    NavigableMap<String, Entry> types = entries.get(kind.name());
    if (types == null) {
      throw new IllegalArgumentException("the registry has no kind '" + kind.name() + "'");
    }
    return types;
  }
}
