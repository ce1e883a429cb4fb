package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.ServiceLoader;

/** The reference backend, found on the class path. */
public final class Reference {
  private static final String TYPE = "reference";

  private Reference() {}

  /** Opens it; the caller closes it. */
  public static Backend open() {
    for (BackendProvider<?> provider : ServiceLoader.load(BackendProvider.class)) {
      if (provider.type().equals(TYPE)) {
        return open(provider);
      }
    }
    throw new AssertionError(
        "a backend 'reference' expected, found none. Add llm-backend-cpu to the test's class"
            + " path.");
  }

  private static <S extends Record> Backend open(BackendProvider<S> provider) {
    try {
      S settings = provider.settings().getDeclaredConstructor().newInstance();
      return ComponentSpec.<Backend, S>of(provider, settings)
          .create(new BackendContext(new WorkerPool(1), List.of()));
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new LinkageError("settings of the reference without keys expected", e);
    }
  }
}
