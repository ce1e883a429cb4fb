package io.github.llm4j.runtime.composition;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.plugin.KernelEntry;
import io.github.llm4j.runtime.plugin.Registry;
import java.util.List;

/** The backend: named, or the best that is usable. */
final class BackendModule extends AbstractModule {
  private final ComponentSpec<Backend> wanted;

  BackendModule(ComponentSpec<Backend> wanted) {
    this.wanted = wanted;
  }

  @Provides
  @Singleton
  BackendChoice choice(Registry registry) {
    return BackendChoice.of(wanted, registry);
  }

  @Provides
  @Singleton
  Backend backend(BackendChoice choice, Workers workers, Registry registry) {
    List<KernelProvider> kernels = registry.kernels().stream().map(KernelEntry::provider).toList();
    return choice.spec().create(new BackendContext(workers, kernels));
  }
}
