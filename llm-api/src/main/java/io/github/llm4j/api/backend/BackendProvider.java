package io.github.llm4j.api.backend;

import io.github.llm4j.api.component.ComponentProvider;

/**
 * Names a backend and builds it.
 *
 * @param <S> its settings
 */
public interface BackendProvider<S extends Record>
    extends ComponentProvider<Backend, S, BackendContext> {

  /** Looks whether the backend can be used here; never throws, never logs, computes little. */
  Availability probe();

  /** Preference of {@code backend = auto}; the usable backend of the highest rank is taken. */
  int rank();
}
