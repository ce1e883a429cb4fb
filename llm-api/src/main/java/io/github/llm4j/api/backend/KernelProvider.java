package io.github.llm4j.api.backend;

import io.github.llm4j.api.worker.Workers;

/**
 * Kernels that somebody adds to a backend that is not theirs, for ops of their own. Loaded by
 * ServiceLoader: a public class with a public constructor without parameters that does no work. It
 * replaces a kernel of the backend only where the config names the op ({@code backend.replace}).
 */
public interface KernelProvider {

  /** Name of the backend, as {@code cpu}. */
  String backend();

  /**
   * The kernels; called once when the backend is opened.
   *
   * @param workers the threads of the process, for kernels that share their work
   */
  KernelSet kernels(Workers workers);
}
