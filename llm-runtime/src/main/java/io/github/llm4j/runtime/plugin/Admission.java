package io.github.llm4j.runtime.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which plugins come in: all of whose providers load, and none of whose types another has.
 * Of two plugins with one type neither comes in, since nobody said which is meant.
 */
final class Admission {
  private final Registry registry;
  private final Map<Plugin, Brought> admitted = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();

  Admission(Registry registry, List<Plugin> plugins) {
    this.registry = registry;
    for (Plugin plugin : plugins) {
      load(plugin);
    }
    refuseSameTypes();
  }

  Map<Plugin, Brought> admitted() {
    return admitted;
  }

  List<String> refused() {
    return refused;
  }

  private void load(Plugin plugin) {
    Brought brought =
        Brought.by(plugin.loader(), registry.kinds(), type -> registry.source(plugin, type));
    if (!brought.failures().isEmpty()) {
      refuse(plugin, String.join(" ", brought.failures()));
    } else if (brought.entries().isEmpty() && brought.kernels().isEmpty()) {
      refuse(
          plugin,
          "expected providers in META-INF/services, found none for "
              + Names.list(registry.kinds().stream().map(Kind::name).toList())
              + ", kernel. Ask its author for a jar with them.");
    } else {
      admitted.put(plugin, brought);
    }
  }

  private void refuseSameTypes() {
    Map<String, Entry> taken = new LinkedHashMap<>();
    Map<Plugin, String> reasons = new LinkedHashMap<>();
    Map<Entry, Plugin> owners = new LinkedHashMap<>();
    admitted.forEach(
        (plugin, brought) -> {
          for (Entry entry : brought.entries()) {
            String key = entry.kind().name() + " " + entry.type();
            Optional<Entry> other =
                registry
                    .find(entry.kind(), entry.type())
                    .or(() -> Optional.ofNullable(taken.get(key)));
            if (other.isEmpty()) {
              taken.put(key, entry);
              owners.put(entry, plugin);
              continue;
            }
            String reason = Registry.two(other.get(), entry) + " Remove one of them.";
            reasons.putIfAbsent(plugin, reason);
            Plugin owner = owners.get(other.get());
            if (owner != null) {
              reasons.putIfAbsent(owner, reason);
            }
          }
        });
    reasons.forEach(this::refuse);
    admitted.keySet().removeAll(reasons.keySet());
  }

  private void refuse(Plugin plugin, String reason) {
    refused.add(plugin.where() + ": " + reason);
    Plugins.close(plugin.loader());
  }
}
