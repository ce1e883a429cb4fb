package io.github.llm4j.runtime.composition;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Plugins;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a process works with: its threads, its plugins, and the backend that computes. Made once,
 * closed at the end.
 *
 * <p>Threading: any number of threads.
 */
public final class Workplace implements AutoCloseable {
  private static final String BYTECODE = "guice_bytecode_gen_option";

  static { // its classes made at run time need sun.misc.Unsafe, of which the JVM warns
    if (System.getProperty(BYTECODE) == null) {
      System.setProperty(BYTECODE, "DISABLED");
    }
  }

  private final Injector injector;

  private Workplace(Injector injector) {
    this.injector = injector;
  }

  /**
   * Puts a workplace together.
   *
   * @param registry components that configs can name
   * @param backend what computes; {@link AutoBackend} lets it choose
   * @param threads threads that compute; as many as the process may use if empty
   * @throws LlmException if the backend can't be used here
   */
  public static Workplace open(
      Registry registry, ComponentSpec<Backend> backend, OptionalInt threads) {
    return new Workplace(
        unwrapped(
            () ->
                Guice.createInjector(
                    Stage.PRODUCTION,
                    new WorkersModule(threads),
                    new PluginModule(registry),
                    new BackendModule(backend))));
  }

  /** Kinds of components that this module knows, and those that others add. */
  public static Registry registry(ClassLoader loader, List<Kind> more) {
    return registry(loader, more, Plugins.none());
  }

  /** As {@link #registry(ClassLoader, List)}, with the components of plugins. */
  public static Registry registry(ClassLoader loader, List<Kind> more, Plugins plugins) {
    return Registry.of(loader, Kinds.with(more), plugins);
  }

  /** What computes. */
  public Backend backend() {
    return injector.getInstance(Backend.class);
  }

  /** Which backend was taken, and why, in one line. */
  public String choice() {
    return injector.getInstance(BackendChoice.class).reason();
  }

  /** The threads. */
  public Workers workers() {
    return injector.getInstance(Workers.class);
  }

  /** The components. */
  public Registry registry() {
    return injector.getInstance(Registry.class);
  }

  /** Frees memory and threads. */
  @Override
  public void close() {
    backend().close();
    injector.getInstance(WorkerPool.class).close();
  }

  /**
   * What was thrown, without the injector's errors around it: those read class files for line
   * numbers, and know none of this Java version.
   */
  private static <T> T unwrapped(Supplier<T> work) {
    try {
      return work.get();
    } catch (CreationException e) {
      throw thrown(e.getErrorMessages()).orElse(e);
    } catch (ProvisionException e) {
      throw thrown(e.getErrorMessages()).orElse(e);
    }
  }

  private static Optional<RuntimeException> thrown(Collection<Message> messages) {
    for (Message message : messages) {
      if (message.getCause() instanceof Error error) {
        throw error;
      }
    }
    return messages.stream()
        .map(Message::getCause)
        .filter(RuntimeException.class::isInstance)
        .map(RuntimeException.class::cast)
        .findFirst();
  }
}
